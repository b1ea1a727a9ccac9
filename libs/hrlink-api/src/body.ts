import type { HrlinkLiteral, HrlinkLiteralKind } from './literals.js';
import type { HrlinkOperation } from './operation.js';
import type { HrlinkProfile } from './profile.js';

export type BodyParams = Readonly<Record<string, unknown>>;

const LEAF = /^\{([A-Za-z0-9]+)\}$/;

/**
 * Request body of an operation: the profile's template with "{name}" leaves replaced; leaves without a value are left
 * out. An operation without a template sends `params` as they are.
 */
export function buildBody(
  profile: HrlinkProfile,
  op: HrlinkOperation,
  params: BodyParams = {},
): Record<string, unknown> {
  const template = profile.operations[op].body;
  return template ? (fill(template, params) as Record<string, unknown>) : { ...params };
}

/** The reverse of buildBody: parameters read out of a received body; fields outside the template are ignored. */
export function readBody(profile: HrlinkProfile, op: HrlinkOperation, body: unknown): Record<string, unknown> {
  const template = profile.operations[op].body;
  if (!template) return isMap(body) ? body : {};
  const found: Record<string, unknown> = {};
  collect(template, body, found);
  return found;
}

/**
 * Value an operation's answer carries under a name of the profile (`id`, `state`, `items` …), or undefined when the
 * answer lacks it. Throws when the profile has no such pointer: that is a mistake of the caller.
 */
export function readAnswer(profile: HrlinkProfile, op: HrlinkOperation, name: string, answer: unknown): unknown {
  const pointer = profile.operations[op].answer?.[name];
  if (pointer === undefined) throw new Error(`${op}: the profile has no answer pointer "${name}"`);
  let value = answer;
  for (const step of pointer.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(key)] as unknown;
    else if (isMap(value)) value = value[key];
    else return undefined;
  }
  return value;
}

/** Wire spelling of a word: `literal(profile, 'nqesState', 'ISSUED')` → «Выдан». */
export function literal<K extends HrlinkLiteralKind>(profile: HrlinkProfile, kind: K, word: HrlinkLiteral<K>): string {
  return (profile.literals[kind] as Record<string, string>)[word] as string;
}

/** The word behind a wire spelling, or undefined for one the profile does not know. */
export function readLiteral<K extends HrlinkLiteralKind>(
  profile: HrlinkProfile,
  kind: K,
  wire: unknown,
): HrlinkLiteral<K> | undefined {
  const entry = Object.entries(profile.literals[kind]).find(([, spelling]) => spelling === wire);
  return entry?.[0] as HrlinkLiteral<K> | undefined;
}

function fill(template: unknown, params: BodyParams): unknown {
  if (typeof template === 'string') {
    const name = LEAF.exec(template)?.[1];
    return name === undefined ? template : params[name];
  }
  if (Array.isArray(template)) return template.map((item) => fill(item, params));
  if (!isMap(template)) return template;
  const filled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(template)) {
    const leaf = fill(value, params);
    if (leaf !== undefined) filled[key] = leaf;
  }
  return filled;
}

function collect(template: unknown, body: unknown, found: Record<string, unknown>): void {
  if (typeof template === 'string') {
    const name = LEAF.exec(template)?.[1];
    if (name !== undefined && (body ?? undefined) !== undefined) found[name] = body;
    return;
  }
  const values = entriesOf(body);
  for (const [key, value] of entriesOf(template)) collect(value, values.get(key), found);
}

function entriesOf(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
