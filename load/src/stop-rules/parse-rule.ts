import { z } from 'zod';
import { OPERATION_IDS } from '../profiles/operations.js';

/** What a broken rule does to the run (spec 5.1). */
export type StopAction = 'stop' | 'fail-step' | 'mark';

interface Window {
  windowMs: number;
}

/** How a value of an external metric breaks a rule. */
export type Comparison = '>' | '>=' | '<' | '<=';

/** What a rule watches; times are milliseconds, shares per cent. */
export type StopCriterion =
  | ({ kind: 'time'; limitMs: number } & Window)
  | ({ kind: 'quantile'; percentile: number; limitMs: number } & Window)
  | ({ kind: 'http'; mask: string; percent: number } & Window)
  | ({ kind: 'net'; mask: string; percent: number } & Window)
  | ({ kind: 'total_time'; limitMs: number } & Window)
  | ({ kind: 'total_http'; mask: string; percent: number } & Window)
  | ({ kind: 'rate'; percent: number } & Window)
  | ({ kind: 'lag'; percentile: number; limitMs: number } & Window)
  | ({ kind: 'gencpu'; percent: number } & Window)
  | ({ kind: 'ext'; metric: string; comparison: Comparison; threshold: number } & Window)
  | { kind: 'limit'; windowMs: number };

export type StopRule = StopCriterion & {
  /** As the plan writes it. */
  text: string;
  /** Business operation it is limited to. */
  operation?: string;
  phase: 'hold' | 'ramp' | 'any';
  action: StopAction;
};

type Kind = StopCriterion['kind'];
type Arguments = readonly string[];

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const RULE = /^(\w+)\(([^()]*)\)((?:@[\w-]+)*)(?:\s*=>\s*([\w-]+))?$/;
const ACTIONS: readonly string[] = ['stop', 'fail-step', 'mark'];
/** Only these act on ramps (spec 5.1): a ramp never decides the maximum. */
const SAFETY: readonly Kind[] = ['http', 'net', 'limit'];

class RuleError extends Error {}

/** Reads `1s500ms`, `30s`, `10m`. */
function time(text: string | undefined): number {
  const parts = [...(text ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const sum = parts.reduce(
    (total, [, amount, unit]) => total + Number(amount) * (UNIT_MS[unit as string] as number),
    0,
  );
  if (parts.map(([part]) => part).join('') !== text || sum <= 0)
    throw new RuleError(`${text} must be a time such as 1s500ms or 30s`);
  return sum;
}

function percent(text: string | undefined): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(text ?? '') ?? [];
  if (digits === undefined || Number(digits) > 100) throw new RuleError(`${text} must be a share such as 10%`);
  return Number(digits);
}

function percentile(text: string | undefined): number {
  const value = Number((text ?? '').replace(/^p/, ''));
  if (!(value > 0 && value < 100)) throw new RuleError(`${text} must be a percentile between 0 and 100`);
  return value;
}

function mask(text: string | undefined): string {
  if (!/^[1-5x][0-9x][0-9x]$/.test(text ?? '')) throw new RuleError(`${text} must be a status or a mask such as 5xx`);
  return text as string;
}

function netMask(text: string | undefined): string {
  if (!/^(\*|xx|[A-Z][A-Z_]*)$/.test(text ?? ''))
    throw new RuleError(`${text} must be xx or an error code such as ECONNRESET`);
  return text as string;
}

function metricName(text: string | undefined): string {
  if (!text) throw new RuleError('ext needs the name of an external metric');
  return text;
}

/** Reads `>80`, `<= 0.5`. */
function condition(text: string | undefined): { comparison: Comparison; threshold: number } {
  const [, comparison, digits] = /^([<>]=?)\s*(-?\d+(?:\.\d+)?)$/.exec(text ?? '') ?? [];
  if (comparison === undefined) throw new RuleError(`${text} must be a condition such as >80`);
  return { comparison: comparison as Comparison, threshold: Number(digits) };
}

const CRITERIA: Record<Kind, { arity: number; read: (given: Arguments) => StopCriterion }> = {
  time: { arity: 2, read: ([t, w]) => ({ kind: 'time', limitMs: time(t), windowMs: time(w) }) },
  quantile: {
    arity: 3,
    read: ([p, t, w]) => ({ kind: 'quantile', percentile: percentile(p), limitMs: time(t), windowMs: time(w) }),
  },
  http: { arity: 3, read: ([m, p, w]) => ({ kind: 'http', mask: mask(m), percent: percent(p), windowMs: time(w) }) },
  net: { arity: 3, read: ([m, p, w]) => ({ kind: 'net', mask: netMask(m), percent: percent(p), windowMs: time(w) }) },
  total_time: { arity: 2, read: ([t, w]) => ({ kind: 'total_time', limitMs: time(t), windowMs: time(w) }) },
  total_http: {
    arity: 3,
    read: ([m, p, w]) => ({ kind: 'total_http', mask: mask(m), percent: percent(p), windowMs: time(w) }),
  },
  rate: { arity: 2, read: ([p, w]) => ({ kind: 'rate', percent: percent(p), windowMs: time(w) }) },
  lag: {
    arity: 3,
    read: ([p, t, w]) => ({ kind: 'lag', percentile: percentile(p), limitMs: time(t), windowMs: time(w) }),
  },
  gencpu: { arity: 2, read: ([p, w]) => ({ kind: 'gencpu', percent: percent(p), windowMs: time(w) }) },
  ext: {
    arity: 3,
    read: ([name, c, w]) => ({ kind: 'ext', metric: metricName(name), ...condition(c), windowMs: time(w) }),
  },
  limit: { arity: 1, read: ([t]) => ({ kind: 'limit', windowMs: time(t) }) },
};

/**
 * Reads one rule: `quantile(95, 5s, 30s)@sign-unep@hold => fail-step`. Without a phase it acts on holds (`limit`
 * always), without an action it stops the run. Throws Error naming what is wrong.
 */
export function parseRule(text: string): StopRule {
  const [, kind = '', inner = '', suffixes = '', action = 'stop'] = RULE.exec(text.trim()) ?? [];
  if (!isKind(kind)) {
    throw new RuleError(`must look like one of ${Object.keys(CRITERIA).join(', ')}, e.g. quantile(95, 5s, 30s)`);
  }
  const { arity, read } = CRITERIA[kind];
  const given = inner.split(',').map((each) => each.trim());
  if (given.length !== arity) throw new RuleError(`${kind} takes ${arity} arguments`);
  if (!isAction(action)) throw new RuleError(`${action} must be stop, fail-step or mark`);
  return { ...read(given), text, action, ...placeOf(kind, suffixes) };
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(CRITERIA, text);
}

function isAction(text: string): text is StopAction {
  return ACTIONS.includes(text);
}

/** Suffixes `@sign-unep@hold`. */
function placeOf(kind: Kind, suffixes: string): Pick<StopRule, 'phase' | 'operation'> {
  const names = suffixes.split('@').filter(Boolean);
  const phases = names.filter((name) => name === 'hold' || name === 'ramp');
  const operations = names.filter((name) => name !== 'hold' && name !== 'ramp');
  if (phases.length > 1 || operations.length > 1) throw new RuleError('at most one phase and one operation');
  const [operation] = operations;
  if (operation !== undefined && !(OPERATION_IDS as readonly string[]).includes(operation)) {
    throw new RuleError(`${operation} must be one of ${OPERATION_IDS.join(', ')}`);
  }
  const phase = kind === 'limit' ? 'any' : (phases[0] ?? 'hold');
  if (phase === 'ramp' && !SAFETY.includes(kind)) throw new RuleError(`${kind} never acts on a ramp`);
  return { phase, operation };
}

/** A rule inside a plan file. */
export const stopRule = z.string().transform((text, context) => {
  try {
    return parseRule(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
