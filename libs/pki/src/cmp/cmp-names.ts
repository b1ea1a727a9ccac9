/** Body choices of a CMP message (RFC 4210 5.1.2) by their tag numbers. */
export const CMP_BODY = {
  ir: 0,
  ip: 1,
  cr: 2,
  cp: 3,
  p10cr: 4,
  kur: 7,
  kup: 8,
  rr: 11,
  rp: 12,
  pkiconf: 19,
  genm: 21,
  genp: 22,
  error: 23,
  certConf: 24,
  pollReq: 25,
  pollRep: 26,
} as const;

export type CmpBodyName = keyof typeof CMP_BODY;

const NAMES = new Map<number, CmpBodyName>(
  Object.entries(CMP_BODY).map(([name, number]) => [number, name as CmpBodyName]),
);

/** Name of a body choice; undefined for one this library does not know. */
export const cmpBodyName = (choice: number): CmpBodyName | undefined => NAMES.get(choice);

/** PKIFailureInfo bits (RFC 4210 5.2.3). */
export const CMP_FAILURES = {
  badAlg: 0,
  badMessageCheck: 1,
  badRequest: 2,
  badTime: 3,
  badCertId: 4,
  badDataFormat: 5,
  wrongAuthority: 6,
  incorrectData: 7,
  missingTimeStamp: 8,
  badPOP: 9,
  certRevoked: 10,
  certConfirmed: 11,
  wrongIntegrity: 12,
  badRecipientNonce: 13,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  badSenderNonce: 18,
  badCertTemplate: 19,
  signerNotTrusted: 20,
  transactionIdInUse: 21,
  unsupportedVersion: 22,
  notAuthorized: 23,
  systemUnavail: 24,
  systemFailure: 25,
  duplicateCertReq: 26,
} as const;

export type CmpFailure = keyof typeof CMP_FAILURES;

/** PKIStatus (RFC 4210 5.2.3). */
export const CMP_STATUS = {
  accepted: 0,
  grantedWithMods: 1,
  rejection: 2,
  waiting: 3,
  revocationWarning: 4,
  revocationNotification: 5,
} as const;

export type CmpStatus = keyof typeof CMP_STATUS;
