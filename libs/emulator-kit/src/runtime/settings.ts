import { z } from 'zod';
import { busSettings } from '../bus/bus-settings.js';
import { stateSettings } from '../state/state-settings.js';

/** One setting: the environment variable that carries it, its schema and one line of help. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly variable: string;
  readonly schema: S;
  readonly about: string;
}

/** The settings of one service by property name. */
export type Settings = Readonly<Record<string, Setting>>;

/** The parsed values of a service's settings. */
export type SettingValues<S extends Settings> = { readonly [K in keyof S]: z.output<S[K]['schema']> };

/** A setting whose value is missing or breaks its rule; `message` is one line per problem. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Declares one setting. The schema receives the raw text, or undefined when the variable is not set. */
export function setting<S extends z.ZodType>(variable: string, schema: S, about: string): Setting<S> {
  return { variable, schema, about };
}

/**
 * Reads and checks settings. Empty variables count as not set.
 * @throws SettingsError naming every offending variable, its rule and the value given (secrets are not echoed)
 */
export function readSettings<S extends Settings>(settings: S, environment: NodeJS.ProcessEnv): SettingValues<S> {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, { variable, schema }] of Object.entries(settings)) {
    const raw = environment[variable] === '' ? undefined : environment[variable];
    const parsed = schema.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(`${variable}: ${parsed.error.issues[0]?.message ?? 'invalid'}${echo(variable, raw)}`);
  }
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return values as SettingValues<S>;
}

function echo(variable: string, raw: string | undefined): string {
  if (raw === undefined || /TOKEN|SECRET|PASSWORD|KEY|DATABASE_URL/.test(variable)) return '';
  return `, got ${JSON.stringify(raw.length > 80 ? `${raw.slice(0, 80)}...` : raw)}`;
}

/** Text schemas of the values that most services need. Every message states the rule in full. */
export const value = {
  port: (fallback: number) => value.int(fallback, 0, 65_535),
  int: (fallback: number, min: number, max: number) =>
    z
      .string()
      .regex(/^-?\d+$/, `must be a whole number ${min}..${max}`)
      .transform(Number)
      .pipe(z.number().min(min, `must be ${min}..${max}`).max(max, `must be ${min}..${max}`))
      .default(fallback),
  number: (fallback: number, min: number, max: number) =>
    z
      .string()
      .refine((text) => text.trim() !== '' && Number.isFinite(Number(text)), `must be a number ${min}..${max}`)
      .transform(Number)
      .pipe(z.number().min(min, `must be ${min}..${max}`).max(max, `must be ${min}..${max}`))
      .default(fallback),
  flag: (fallback: boolean) =>
    z
      .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
      .transform((text) => text === 'true' || text === '1')
      .default(fallback),
  text: (fallback: string) => z.string().default(fallback),
  optionalText: () => z.string().optional(),
  url: (fallback: string) =>
    z
      .string()
      .refine((text) => URL.canParse(text) && /^https?:/.test(text), 'must be an http(s) URL')
      .transform((text) => text.replace(/\/+$/, ''))
      .default(fallback),
  optionalUrl: () =>
    z
      .string()
      .refine((text) => URL.canParse(text) && /^https?:/.test(text), 'must be an http(s) URL')
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
  oneOf: <const T extends readonly [string, ...string[]]>(options: T, fallback: T[number]) =>
    z.enum(options, { error: `must be one of ${options.join(', ')}` }).default(fallback as never),
};

/** The settings every emulator has; `prefix` is the service's own, e.g. `SMS`. */
export function commonSettings(prefix: string, ports: { readonly protocol: number; readonly admin: number }) {
  return {
    host: setting(`${prefix}_HOST`, value.text('127.0.0.1'), 'address the protocol ports listen on'),
    port: setting(`${prefix}_PORT`, value.port(ports.protocol), 'protocol port; 0 picks a free one'),
    adminHost: setting(`${prefix}_ADMIN_HOST`, value.text('127.0.0.1'), 'address the admin port listens on'),
    adminPort: setting(`${prefix}_ADMIN_PORT`, value.port(ports.admin), 'admin port; 0 picks a free one'),
    adminToken: setting('ADMIN_TOKEN', value.optionalText(), 'bearer token of the admin port; required off loopback'),
    seed: setting('SEED', value.text('poligon'), 'seed of every random decision'),
    logLevel: setting(
      'LOG_LEVEL',
      value.oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
      'lowest level that is logged',
    ),
    maxBodyBytes: setting(
      `${prefix}_MAX_BODY_BYTES`,
      value.int(10_485_760, 1024, 1_073_741_824),
      'largest request body',
    ),
    journalEntries: setting(
      `${prefix}_JOURNAL_ENTRIES`,
      value.int(10_000, 0, 1_000_000),
      'exchanges kept in the journal',
    ),
    journalBodyBytes: setting(`${prefix}_JOURNAL_BODY_BYTES`, value.int(4096, 0, 1_048_576), 'bytes kept of each body'),
    drainTimeoutMs: setting(
      `${prefix}_DRAIN_TIMEOUT_MS`,
      value.int(10_000, 0, 600_000),
      'wait for open exchanges at stop',
    ),
    drainLingerMs: setting(
      `${prefix}_DRAIN_LINGER_MS`,
      value.int(0, 0, 600_000),
      'how long calls are still taken after the order to stop, while routers learn of it',
    ),
    latencyProfile: setting(
      `${prefix}_LATENCY_PROFILE`,
      value.text('baseline'),
      'baseline latency: `baseline`, `none`, or a path to a YAML profile',
    ),
    presets: setting(`${prefix}_PRESETS`, value.optionalText(), 'presets applied at start, comma separated'),
    experiments: setting(
      `${prefix}_EXPERIMENTS`,
      value.optionalText(),
      'experiments started at start: names of the own ones or YAML files, comma separated',
    ),
    rules: setting(`${prefix}_RULES`, value.optionalText(), 'YAML or JSON file of fault rules set at start'),
    ...busSettings(),
    ...stateSettings(prefix),
  };
}

/** Values of the settings that every emulator has. */
export type CommonConfig = SettingValues<ReturnType<typeof commonSettings>>;
