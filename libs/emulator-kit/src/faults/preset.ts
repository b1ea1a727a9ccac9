import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { latencyProfileSchema, NO_LATENCY, type LatencyProfileFile } from '../latency/latency-profile.js';
import { SettingsError } from '../runtime/settings.js';
import { faultRuleSchema, problemLine, type FaultRule } from './fault-rule.js';

const presetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case'),
  about: z.string().min(1),
  rules: z.array(faultRuleSchema).min(1),
});

/** A named list of rules, applied with one call. */
export interface Preset {
  readonly name: string;
  readonly about: string;
  readonly rules: readonly FaultRule[];
}

/** The presets of a service and which of them its configuration applies at start. */
export interface Presets {
  readonly all: readonly Preset[];
  readonly atStart: readonly string[];
  /** Rules that the configuration sets at start. */
  readonly rulesAtStart: readonly FaultRule[];
}

const rulesSchema = z.union([z.array(faultRuleSchema), z.strictObject({ rules: z.array(faultRuleSchema) })]);

/** Rules of a YAML or JSON file: a list, or `{rules: [...]}`. @throws SettingsError naming file, field and rule */
export function readRules(file: string | undefined): readonly FaultRule[] {
  if (file === undefined) return [];
  const found = readYaml(file, rulesSchema);
  return 'rules' in found ? found.rules : found;
}

/** Reads every `*.yaml` of `<folder>/presets`. @throws SettingsError naming file, field and rule */
export function readPresets(faultsFolder: URL | undefined): readonly Preset[] {
  if (faultsFolder === undefined) return [];
  const folder = new URL('presets/', faultsFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readYaml(new URL(file, folder), presetSchema));
}

/**
 * The latency profile a service starts with.
 * @param choice `baseline` (the service's own file, when it has one), `none`, or a path
 * @throws SettingsError naming file, field and rule
 */
export function readLatencyProfile(choice: string, faultsFolder: URL | undefined): LatencyProfileFile {
  if (choice === 'none') return NO_LATENCY;
  if (choice !== 'baseline') return readYaml(choice, latencyProfileSchema);
  const file = faultsFolder === undefined ? undefined : new URL('baseline.yaml', faultsFolder);
  return file !== undefined && existsSync(file) ? readYaml(file, latencyProfileSchema) : NO_LATENCY;
}

/** Reads and checks one YAML or JSON file. @throws SettingsError naming file, field and rule */
export function readYaml<S extends z.ZodType>(file: URL | string, schema: S): z.output<S> {
  const name = typeof file === 'string' ? file : file.pathname;
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    throw new SettingsError(`${name}: ${String((failure as Error).message).split('\n')[0]}`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new SettingsError(`${name}: ${problemLine(parsed.error)}`);
  return parsed.data;
}
