import type { Settings } from '@poligon/emulator-kit';
import { z } from 'zod';

/** One variable as a reader of the reference sees it. */
export interface Variable {
  readonly name: string;
  readonly fallback: string;
  /** What it may be, e.g. `1..1000` or `true, false`; empty: any text. */
  readonly allowed: string;
  readonly about: string;
}

/** Secrets are not shown, not even their defaults. */
const SECRET = /TOKEN|SECRET|PASSWORD|_KEY$/;

/** The variables of a service's settings, in alphabetical order. */
export function variablesOf(settings: Settings): readonly Variable[] {
  return Object.values(settings)
    .map(({ variable, schema, about }) => ({
      name: variable,
      fallback: SECRET.test(variable) ? fallbackOfSecret(schema) : shown(fallbackOf(schema)),
      allowed: allowedBy(schema),
      about,
    }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function fallbackOf(schema: z.ZodType): unknown {
  const parsed = schema.safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
}

function fallbackOfSecret(schema: z.ZodType): string {
  return fallbackOf(schema) === undefined ? '' : '(set)';
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Map) return shown([...value.keys()].join(','));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

interface Described {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly default?: unknown;
}

function allowedBy(schema: z.ZodType): string {
  const output = described(schema, 'output');
  if (output.minimum !== undefined || output.maximum !== undefined)
    return `${output.minimum ?? '−∞'}..${output.maximum ?? '∞'}`;
  const input = described(schema, 'input');
  if (input.enum?.includes('true') === true) return 'true, false';
  return (input.enum ?? []).join(', ');
}

function described(schema: z.ZodType, io: 'input' | 'output'): Described {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Described & { anyOf?: readonly Described[] };
  return json.anyOf?.[0] ?? json;
}

/** Words of the reference in one language. */
interface Words {
  readonly title: string;
  readonly intro: string;
  readonly heads: readonly [string, string, string, string];
  readonly common: string;
}
const WORDS: Readonly<Record<'ru' | 'en', Words>> = {
  ru: {
    title: 'Справочник настроек',
    intro:
      'Собран из схем, которыми сервисы проверяют своё окружение; тест сверяет его с кодом. Пустая переменная считается не заданной. ' +
      'Ошибка в любой переменной останавливает запуск одной строкой с её именем и правилом. Умолчания секретов не показаны.',
    heads: ['Переменная', 'По умолчанию', 'Допустимо', 'Смысл'],
    common: 'Все эмуляторы',
  },
  en: {
    title: 'Configuration reference',
    intro:
      'Made from the schemas that the services check their environment with; a test compares it with the code. An empty variable counts as not set. ' +
      'A wrong one stops the start with one line that names it and its rule. Defaults of secrets are not shown.',
    heads: ['Variable', 'Default', 'Allowed', 'Meaning'],
    common: 'Every emulator',
  },
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string) => (text === '' ? '' : `\`${cell(text)}\``);

/** The reference as Markdown: what all services share, with `<PREFIX>`, then each service's own. */
export function referencePage(
  language: 'ru' | 'en',
  services: readonly { readonly name: string; readonly prefix: string; readonly variables: readonly Variable[] }[],
): string {
  const { title, intro, heads, common } = WORDS[language];
  const generic = (name: string, prefix: string) => name.replace(new RegExp(`^${prefix}_`), '<PREFIX>_');
  const counts = new Map<string, number>();
  for (const { prefix, variables } of services)
    for (const { name } of variables) counts.set(generic(name, prefix), (counts.get(generic(name, prefix)) ?? 0) + 1);
  const isCommon = (name: string, prefix: string) => counts.get(generic(name, prefix)) === services.length;
  const [first] = services;
  const shared = first!.variables
    .filter(({ name }) => isCommon(name, first!.prefix))
    .map((variable) => ({
      ...variable,
      name: generic(variable.name, first!.prefix),
      fallback: /^<PREFIX>_(ADMIN_)?PORT$/.test(generic(variable.name, first!.prefix)) ? '' : variable.fallback,
    }));
  const table = (variables: readonly Variable[]) =>
    [
      `| ${heads.join(' | ')} |`,
      '|---|---|---|---|',
      ...variables.map(
        ({ name, fallback, allowed, about }) =>
          `| ${code(name)} | ${code(fallback)} | ${cell(allowed)} | ${cell(about)} |`,
      ),
    ].join('\n');
  const prefixes = services.map(({ name, prefix }) => `\`${prefix}\` ${name}`).join(', ');
  const sections = services.map(
    ({ name, prefix, variables }) =>
      `## ${name}\n\n${table(variables.filter((variable) => !isCommon(variable.name, prefix)))}\n`,
  );
  return `# ${title}\n\n${intro}\n\n## ${common}\n\n\`<PREFIX>\`: ${prefixes}.\n\n${table(shared)}\n\n${sections.join('\n')}`;
}
