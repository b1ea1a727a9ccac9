/** Roles `roles` may ask for: head, administrator and employee of an organisation. The list is an assumption. */
export const ROLES: readonly string[] = ['CHIEF', 'ADMIN', 'EMPLOYEE'];
/** Kinds `obj_type` may ask for: person, legal entity, entrepreneur, state body. The list is an assumption. */
export const OBJECT_TYPES: readonly string[] = ['P', 'L', 'B', 'A'];

/** What a request demands of the account that logs in (рекомендации, 2.2). */
export interface AccountFilter {
  /** `conf_acc`, `acc_kid` or `acc_not_kid`. */
  readonly personFilter: string | undefined;
  /** Kinds, empty for any. */
  readonly objectTypes: readonly string[];
  /** Roles, empty for any. */
  readonly roles: readonly string[];
}

/** The facts filters look at. */
export interface AccountFacts {
  /** `yyyy-MM-dd`. */
  readonly birthDate: string;
  readonly isTrusted: boolean;
  /** Heads the organisation of the employment. */
  readonly isChief: boolean;
}

const MAJORITY_YEARS = 18;

type Demand = (filter: AccountFilter, account: AccountFacts, nowMs: number) => boolean;

/** Each demand with the code of not meeting it, in the order they are looked at. */
const DEMANDS = [
  ['ESIA-007055', ({ personFilter }, { isTrusted }) => personFilter !== 'conf_acc' || isTrusted],
  ['ESIA-007062', ({ personFilter }, { birthDate }, nowMs) => personFilter !== 'acc_kid' || isMinor(birthDate, nowMs)],
  [
    'ESIA-007062',
    ({ personFilter }, { birthDate }, nowMs) => personFilter !== 'acc_not_kid' || !isMinor(birthDate, nowMs),
  ],
  // Everybody here is a person and an employee of a legal entity, which its director heads and administers.
  ['ESIA-007062', ({ objectTypes: asked }) => asked.length === 0 || asked.some((type) => type === 'P' || type === 'L')],
  [
    'ESIA-007062',
    ({ roles }, { isChief }) => roles.length === 0 || isChief || roles.some((role) => role === 'EMPLOYEE'),
  ],
] as const satisfies readonly (readonly [string, Demand])[];

/** Code of the first demand the account does not meet, undefined when it meets all. */
export function unmetDemand(
  filter: AccountFilter,
  account: AccountFacts,
  nowMs: number,
): (typeof DEMANDS)[number][0] | undefined {
  return DEMANDS.find(([, isMet]) => !isMet(filter, account, nowMs))?.[0];
}

function isMinor(birthDate: string, nowMs: number): boolean {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  return Date.UTC(year + MAJORITY_YEARS, month - 1, day) > nowMs;
}
