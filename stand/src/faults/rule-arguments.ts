import { parse } from 'yaml';

/** What `faults set` takes on the command line. */
export interface RuleArguments {
  readonly operations?: readonly string[];
  readonly options?: string;
  readonly probability?: number;
  readonly times?: number;
  readonly percent?: number;
  readonly subject?: readonly string[];
  readonly client?: string;
  readonly after?: number;
  readonly for?: number;
  readonly every?: number;
  readonly ramp?: number;
  readonly ttl?: number;
  readonly note?: string;
}

/** The rule that the arguments describe; the admin door judges it. @throws Error when `--options` is neither JSON nor YAML */
export function ruleFrom(fault: string, given: RuleArguments): Readonly<Record<string, unknown>> {
  const rule = {
    fault,
    operations: given.operations ?? ['*'],
    match: filled({ subject: filled({ percent: given.percent, list: given.subject }), client: given.client }),
    probability: given.probability,
    times: given.times,
    schedule: filled({ afterMs: given.after, forMs: given.for, everyMs: given.every, rampMs: given.ramp }),
    options: optionsFrom(given.options),
    ttlMs: given.ttl,
    note: given.note,
  };
  return filled(rule)!;
}

/** `{"ms":2000}` and `ms: 2000` are both understood: a shell makes quotes hard to type. */
function optionsFrom(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch (failure) {
    throw new Error(`--options: ${String((failure as Error).message).split('\n', 1)[0]}`, { cause: failure });
  }
}

/** Without the fields nobody gave; undefined when none was. */
function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
