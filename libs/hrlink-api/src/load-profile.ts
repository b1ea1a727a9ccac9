import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type HrlinkProfile, profileSchema } from './profile.js';

/** A profile that cannot be used. The message is one line: file, place in it, what is wrong. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

const DEFAULT_FILE = new URL('./default.profile.yaml', import.meta.url);
const PARAMETER = /\{([^{}]*)\}/g;

/**
 * Reads the default profile and, when given, lays an override file over it: maps merge key by key, anything else
 * replaces. Throws ProfileError with a one-line reason when a file is unreadable, not YAML, or breaks the schema.
 */
export function loadProfile(overrideFile?: string): HrlinkProfile {
  const base = readYaml(DEFAULT_FILE);
  const merged = overrideFile === undefined ? base : merge(base, readYaml(overrideFile));
  return validateProfile(merged, overrideFile ?? 'default.profile.yaml');
}

/** Checks a parsed profile and expands its prefixes. `source` names it in errors. */
export function validateProfile(raw: unknown, source: string): HrlinkProfile {
  const parsed = profileSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ProfileError(`${source}: ${issue?.path.join('.') || 'profile'}: ${issue?.message ?? 'is invalid'}`);
  }
  const profile = parsed.data;
  const routes = new Map<string, string>();
  for (const [id, operation] of Object.entries(profile.operations)) {
    operation.path = expandPrefix(profile, operation.path, `${source}: operations.${id}.path`);
    const route = `${operation.method} ${operation.path.replace(PARAMETER, '{}')}`;
    const other = routes.get(route);
    if (other !== undefined)
      throw new ProfileError(`${source}: operations.${id}.path: same method and path as ${other}`);
    routes.set(route, id);
  }
  return profile;
}

function expandPrefix(profile: HrlinkProfile, path: string, place: string): string {
  const name = /^\{([A-Z][A-Z0-9]*)\}/.exec(path)?.[1];
  const prefix = name === undefined ? undefined : profile.prefixes[name];
  if (name !== undefined && prefix === undefined) throw new ProfileError(`${place}: no prefix is named ${name}`);
  const full = path.replace(/^\{[A-Z][A-Z0-9]*\}/, () => prefix ?? '');
  if (!full.startsWith('/')) throw new ProfileError(`${place}: must start with "/" or a prefix`);
  checkParameters(full, place);
  return full;
}

function checkParameters(full: string, place: string): void {
  for (const match of full.matchAll(PARAMETER)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(match[1] ?? '')) {
      throw new ProfileError(`${place}: parameter "${match[0]}" must be a camelCase name`);
    }
  }
  if (/[{}]/.test(full.replace(PARAMETER, ''))) throw new ProfileError(`${place}: unbalanced braces`);
}

function readYaml(file: string | URL): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    const reason = String(error)
      .split('\n')[0]
      ?.replace(/^\w*Error: /, '');
    throw new ProfileError(`${String(file)}: ${reason}`, { cause: error });
  }
}

function merge(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over === undefined ? base : over;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (key !== '__proto__') result[key] = merge(base[key], value);
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
