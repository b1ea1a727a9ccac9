import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { z } from 'zod';

/** Input that cannot be used. The message is one line: where, which field, which rule. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A parsed file together with its text, which goes into the run folder unchanged. */
export interface ConfigFile<T> {
  value: T;
  text: string;
  /** Name for messages. */
  source: string;
}

const BUILT_IN = fileURLToPath(new URL('.', import.meta.url));

/**
 * Reads a YAML file named by path, or a built-in one named without path and extension (`demo` → `demo.plan.yaml`).
 * Throws ConfigError with one line naming file, field and rule.
 */
export function readYamlFile<T extends z.ZodType>(
  name: string,
  kind: 'plan' | 'profile' | 'observers',
  schema: T,
): ConfigFile<z.infer<T>> {
  const isName = /^[\w-]+$/.test(name);
  const path = isName ? join(BUILT_IN, `${name}.${kind}.yaml`) : name;
  if (!existsSync(path)) {
    throw new ConfigError(isName ? `${kind} ${name}: no built-in ${kind} has this name` : `${name}: no such file`);
  }
  const text = readFileSync(path, 'utf8');
  return { value: parseYaml(text, schema, basename(path)), text, source: basename(path) };
}

/** Parses YAML text against a schema; `source` names it in errors. Throws ConfigError. */
export function parseYaml<T extends z.ZodType>(text: string, schema: T, source: string): z.infer<T> {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    throw new ConfigError(`${source}: not valid YAML: ${firstLine((error as Error).message)}`, { cause: error });
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  throw new ConfigError(`${source}: ${describeIssue(issue)}`);
}

/** `field.path: rule` of one validation issue, lower case and without a trailing period. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.') || 'file';
  if (issue.code === 'unrecognized_keys') return `${field}: unknown field ${issue.keys.join(', ')}`;
  const rule = firstLine(issue.message).replace(/\.$/, '');
  return `${field}: ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`;
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}
