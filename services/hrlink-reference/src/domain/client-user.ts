import { normalisePhone } from '@poligon/people';
import { Refusal } from './refusal.js';

export interface PassportData {
  series: string;
  number: string;
  issuedDate: string | null;
  issuedBy: string | null;
  departmentCode: string | null;
  birthplace: string | null;
}

/** A person of the tenant («client user»): channels, documents, access, signature. */
export interface ClientUser {
  readonly id: string;
  externalId: string | null;
  lastName: string;
  firstName: string;
  patronymic: string | null;
  gender: 'MALE' | 'FEMALE' | null;
  birthdate: string | null;
  /** Eleven digits starting with 7. */
  phone: string | null;
  email: string | null;
  snils: string | null;
  inn: string | null;
  passport: PassportData | null;
  isAdmin: boolean;
  invitation: Invitation | null;
  /** Set by accepting the invitation. */
  acceptedAtMs: number | null;
  passwordDigest: string | null;
  certificate: UserCertificate | null;
  smevState: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  vacations: { planningYear: number; basicVacationDayCount: number; additionalVacationDayCount: number }[];
}

export interface Invitation {
  readonly token: string;
  readonly sentAtMs: number;
  /** Ask for a УНЭП as soon as the invitation is accepted. */
  readonly isNqesChosen: boolean;
}

/** A cloud УНЭП: the key stays at the certification authority. */
export interface UserCertificate {
  readonly id: string;
  readonly caStyle: CaStyle;
  readonly serialNumber: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly der: Buffer;
}

export type CaStyle = 'astral' | 'kontur';

export interface Employee {
  readonly id: string;
  externalId: string | null;
  readonly clientUserId: string;
  legalEntityId: string;
  departmentId: string;
  positionId: string;
  roleIds: string[];
  number: string | null;
  availableVacationDayCount: number | null;
}

export function fullNameOf(user: Pick<ClientUser, 'lastName' | 'firstName' | 'patronymic'>): string {
  return [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ');
}

/** A certificate that can sign at `nowMs`, or undefined. */
export function validCertificate(user: ClientUser, nowMs: number): UserCertificate | undefined {
  const certificate = user.certificate;
  return certificate !== null && certificate.notAfterMs > nowMs ? certificate : undefined;
}

/** Refuses with `nqesDataIncomplete` listing what a УНЭП application lacks (spec 90.442; phone for Контур, ca.md 2.2). */
export function requireNqesData(user: ClientUser, caStyle: CaStyle): void {
  const missing: string[] = [];
  if (user.passport === null) missing.push('PASSPORT');
  if (user.inn === null) missing.push('INN');
  if (user.snils === null) missing.push('SNILS');
  if (caStyle === 'kontur' && user.phone === null) missing.push('PHONE');
  if (missing.length > 0) throw new Refusal('nqesDataIncomplete', { missing });
}

/** A login is an e-mail or a phone; both are compared in one normal form. */
export function normaliseLogin(login: string): string {
  return login.includes('@') ? login.trim().toLowerCase() : (normalisePhone(login) ?? login.trim());
}
