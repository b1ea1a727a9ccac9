import Table from 'cli-table3';

interface Rule {
  readonly id: string;
  readonly fault: string;
  readonly operations: readonly string[];
  readonly probability: number;
  readonly times?: number;
  readonly options: unknown;
  readonly match?: unknown;
  readonly schedule?: unknown;
  readonly setBy: string;
  readonly hits?: number;
  readonly expired?: boolean;
}

interface Timeline {
  readonly elapsedMs: number;
  readonly event: string;
  readonly round: number;
  readonly stage?: string;
  readonly detail?: string;
}

interface Experiment {
  readonly experiment: { readonly id: string };
  readonly state: string;
  readonly stage?: string;
  readonly startsAt?: string;
  readonly run?: { readonly verdict?: string; readonly timeline: readonly Timeline[] };
}

function table(head: readonly string[], rows: readonly (readonly string[])[], empty: string): string {
  if (rows.length === 0) return `${empty}\n`;
  const made = new Table({ head: [...head], style: { head: [], border: [] } });
  made.push(...rows.map((row) => [...row]));
  return `${made.toString()}\n`;
}

/** Rules with what they have done. */
export function rulesTable({ rules }: { readonly rules: readonly Rule[] }): string {
  const rows = rules.map((rule) => [
    rule.id,
    rule.fault,
    rule.operations.join(' '),
    rule.expired === true ? 'expired' : `${Math.round(rule.probability * 1000) / 10} %`,
    String(rule.hits ?? 0) + (rule.times === undefined ? '' : `/${rule.times}`),
    [rule.options, rule.match, rule.schedule].flatMap((part) => (isFilled(part) ? JSON.stringify(part) : [])).join(' '),
    rule.setBy,
  ]);
  return table(
    ['id', 'fault', 'operations', 'chance', 'hits', 'options, match, schedule', 'set by'],
    rows,
    'no rules are set',
  );
}

function isFilled(part: unknown): boolean {
  return typeof part === 'object' && part !== null && Object.keys(part).length > 0;
}

/** Kinds of fault with the names of their options. */
export function typesTable(types: readonly { name: string; about: string; options: OptionSchema }[]): string {
  const rows = types.map(({ name, about, options }) => [name, about, optionNames(options)]);
  return table(['fault', 'does', 'options (* required)'], rows, 'no kinds of fault');
}

interface OptionSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly OptionSchema[];
}

/** One line per form the options may take. */
function optionNames({ properties = {}, required = [], oneOf }: OptionSchema): string {
  if (oneOf !== undefined) return oneOf.map(optionNames).join('\n');
  return Object.entries(properties)
    .map(([name, schema]) => {
      const { const: fixed } = schema as { const?: string };
      return fixed === undefined ? name + (required.includes(name) ? '*' : '') : `${name}=${fixed}`;
    })
    .join(' ');
}

/** Presets with what they do. */
export function presetsTable({
  presets,
}: {
  readonly presets: readonly { name: string; about: string; rules: readonly unknown[] }[];
}): string {
  const rows = presets.map(({ name, about, rules }) => [name, about, String(rules.length)]);
  return table(['preset', 'does', 'rules'], rows, 'this service has no presets');
}

/** Experiments with where they are. */
export function experimentsTable({ experiments }: { readonly experiments: readonly Experiment[] }): string {
  const rows = experiments.map(({ experiment, state, stage, startsAt, run }) => [
    experiment.id,
    state,
    stage ?? startsAt ?? '',
    run?.verdict ?? '',
    run?.timeline.at(-1)?.detail ?? '',
  ]);
  return table(['experiment', 'state', 'stage or start', 'verdict', 'last event'], rows, 'no experiments');
}

/** The timeline of one experiment's run. */
export function timelineTable({ run }: Experiment): string {
  const rows = (run?.timeline ?? []).map(({ elapsedMs, event, round, stage, detail }) => [
    `${(elapsedMs / 1000).toFixed(1)} s`,
    String(round),
    stage ?? '',
    event,
    detail ?? '',
  ]);
  return table(['time', 'round', 'stage', 'event', 'detail'], rows, 'it has not started yet');
}
