import { LOAD_SERVICE } from './trace-span.js';

/**
 * Where the time of an operation goes: `hrlink` the system under test itself, `database` its database, `external` an outer system of its own accord, `injected` what
 * rules added there, `wait` queues, network and waiting for results by polling, `otp` waiting for a text message, `client` the employee's
 * thinking and the generator.
 */
export const PART_KINDS = ['hrlink', 'database', 'external', 'injected', 'wait', 'otp', 'client'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** `hrlink`, `database`, `wait`, `otp`, `client`, or with the outer system: `external:sms-gateway-stub`, `injected:sms-gateway-stub`. */
export type PartKey = string;

export function partKey(kind: PartKind, service?: string): PartKey {
  return service === undefined ? kind : `${kind}:${service}`;
}

export function partOf(key: PartKey): { readonly kind: PartKind; readonly service?: string } {
  const at = key.indexOf(':');
  if (at === -1) return { kind: key as PartKind };
  return { kind: key.slice(0, at) as PartKind, service: key.slice(at + 1) };
}

/** Names of the generator's own spans that stand for waiting. */
export const WAITS = { otp: 'otp.wait', poll: 'poll.wait', think: 'think' } as const;

/** Whether a service is the system under test; its processes may have several names. */
export function isHrlink(service: string): boolean {
  return service.startsWith('hrlink');
}

export function isExternal(service: string): boolean {
  return service !== LOAD_SERVICE && !isHrlink(service);
}
