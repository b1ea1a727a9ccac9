/** Names of the closed error catalogue (spec section 3) that a rule of the domain may refuse with. */
export type RefusalName =
  | 'invalidApiToken'
  | 'malformedJson'
  | 'forbidden'
  | 'wrongCredentials'
  | 'masterTokenRefused'
  | 'impersonatedUserUnknown'
  | 'notFound'
  | 'versionConflict'
  | 'duplicateExternalId'
  | 'wrongState'
  | 'fileTooLarge'
  | 'fileFormat'
  | 'uploadQuota'
  | 'notSendable'
  | 'notHeadManager'
  | 'departmentCodeFormat'
  | 'passportNumber'
  | 'applicationTypeForbidden'
  | 'noSigningMethod'
  | 'sesForbidden'
  | 'wrongCode'
  | 'codeExpired'
  | 'resendTooEarly'
  | 'attemptsExhausted'
  | 'inviteTooEarly'
  | 'passportDigitsDiffer'
  | 'nqesDataIncomplete'
  | 'annulRefused'
  | 'overload';

/** A request the rules of HRLink refuse; the protocol layer turns it into the answer of section 3. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly refusal: RefusalName,
    /** Becomes `errorData` on the wire. */
    readonly data: Readonly<Record<string, unknown>> = {},
  ) {
    super(refusal);
  }
}

/** Refuses with `notFound` when the object is absent. */
export function found<T>(object: T | undefined, what: string): T {
  if (object === undefined) throw new Refusal('notFound', { object: what });
  return object;
}

/** Refuses with `wrongState` naming the state the object is in. */
export function requireState(isAllowed: boolean, state: string): void {
  if (!isAllowed) throw new Refusal('wrongState', { state });
}
