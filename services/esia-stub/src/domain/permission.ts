import { CONSENT_TYPES, type ConsentType } from './consent-type.js';

/** One consent of the digital profile as the parameter `permissions` asks for it (рекомендации, 2.4). */
export interface Permission {
  readonly responsibleObject?: string | undefined;
  readonly sysname: string;
  /** Minutes; the longest allowed when absent. */
  readonly expire?: number | undefined;
  readonly actions: readonly string[];
  readonly purposes: readonly string[];
  readonly scopes: readonly string[];
}

export const MAX_EXPIRE_MIN = 525_600;
const ACTIONS: readonly string[] = ['ALL_ACTIONS_TO_DATA', 'SHARE_DATA', 'USE_DATA'];

type Rule = readonly [string, (permission: Permission, type: ConsentType) => boolean];

/** Each rule with the code of breaking it, in the order they are looked at. */
const RULES = [
  ['ESIA-036704', ({ scopes }, { isScopeless }) => isScopeless !== true || scopes.length === 0],
  ['ESIA-036702', ({ scopes }, { mandatory = [] }) => mandatory.every((name) => scopes.includes(name))],
  ['ESIA-036703', ({ scopes }, { allowed }) => allowed === undefined || scopes.every((name) => allowed.includes(name))],
  ['ESIA-036705', ({ actions }) => actions.length > 0],
  ['ESIA-036706', ({ actions }) => actions.every((name) => ACTIONS.includes(name))],
  ['ESIA-036707', ({ purposes }) => purposes.length > 0],
  ['ESIA-036726', ({ purposes }) => purposes.every((name) => Object.hasOwn(CONSENT_TYPES, name))],
  ['ESIA-036727', ({ purposes }, { isSinglePurpose }) => isSinglePurpose !== true || purposes.length === 1],
  ['ESIA-036716', ({ expire = MAX_EXPIRE_MIN }) => Number.isInteger(expire) && expire > 0 && expire <= MAX_EXPIRE_MIN],
] as const satisfies readonly Rule[];

export type PermissionErrorCode = (typeof RULES)[number][0] | 'ESIA-036700' | 'ESIA-036701';

/** Code of the first rule a consent breaks, undefined when it keeps all. */
export function permissionProblem(permission: Permission): PermissionErrorCode | undefined {
  if (permission.sysname === '') return 'ESIA-036700';
  if (!Object.hasOwn(CONSENT_TYPES, permission.sysname)) return 'ESIA-036701';
  const type = CONSENT_TYPES[permission.sysname]!;
  return RULES.find(([, isKept]) => !isKept(permission, type))?.[0];
}

/** Minutes until the first of several consents is over. */
export const shortestExpireMin = (permissions: readonly Permission[]): number =>
  Math.min(...permissions.map(({ expire = MAX_EXPIRE_MIN }) => expire));
