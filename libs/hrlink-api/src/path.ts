import type { HrlinkOperation } from './operation.js';
import type { HrlinkProfile } from './profile.js';

export type PathParams = Readonly<Record<string, string>>;

const PARAMETER = /\{([A-Za-z0-9]+)\}/g;

/**
 * Path of an operation with its parameters put in and percent-encoded.
 * Throws when a parameter the template names is missing or empty: such a request would hit another route.
 */
export function expandPath(profile: HrlinkProfile, op: HrlinkOperation, params: PathParams = {}): string {
  return profile.operations[op].path.replace(PARAMETER, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new Error(`${op}: path parameter "${name}" is missing`);
    return encodeURIComponent(value);
  });
}

/** Route of an operation as Fastify spells it: `/api/v1/clients/:clientId/documents/:id`. */
export function routePattern(profile: HrlinkProfile, op: HrlinkOperation): string {
  return profile.operations[op].path.replace(PARAMETER, ':$1');
}
