import { z } from 'zod';
import { Refusal } from '../domain/refusal.js';

const russian = z.locales.ru().localeError;

/** Checks a body. @throws Refusal `bad_request` naming the field by its path and the rule it breaks */
export function checkedBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  if (body === undefined) throw new Refusal('bad_request', 'требуется тело запроса');
  const parsed = schema.safeParse(body, { error: (issue) => typeProblem(issue) ?? russian(issue) });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.path.reduce<string>((text, key) => text + segment(key, text), '');
  throw new Refusal('bad_request', path === '' ? issue.message : `${path}: ${issue.message}`);
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'объект',
  array: 'список',
  string: 'строка',
  number: 'число',
};

/** Our own words for the commonest mistakes; the library has words for the rest. */
function typeProblem(issue: { readonly code?: string; readonly input?: unknown; readonly expected?: unknown }) {
  if (issue.code !== 'invalid_type') return undefined;
  const expected = TYPES[String(issue.expected)];
  if (issue.input === undefined) return 'обязательное поле';
  return expected === undefined ? undefined : `ожидается ${expected}`;
}

const segment = (key: PropertyKey, before: string): string =>
  typeof key === 'number' ? `[${key}]` : `${before === '' ? '' : '.'}${String(key)}`;
