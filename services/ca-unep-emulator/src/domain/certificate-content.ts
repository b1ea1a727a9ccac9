import { defaultPopulation, type Address } from '@poligon/people';
import { OID, unepSubject, type CertificateProfile, type SubjectAttribute, type UnepPerson } from '@poligon/pki';
import { personIndexOf, type Applicant } from './applicant.js';

const DAY_MS = 86_400_000;
/** identificationKind (section 2.8): 0 in person, 3 through ЕСИА. */
const IDENTIFICATION_KIND = { ONSITE: 0, REMOTE: 3 } as const;

const isAscii = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);
const digitsOf = (text: string | undefined, count: number): string | undefined =>
  text !== undefined && text.length === count && /^\d+$/.test(text) ? text : undefined;

/** The application names no region; the registration address of a known person does. */
function addressOf(applicant: Applicant): Address | undefined {
  const index = personIndexOf(applicant);
  return index === undefined ? undefined : defaultPopulation.person(index).address;
}

function unepOwner(applicant: Applicant): UnepPerson {
  const { lastName, firstName, patronymic, snils, inn, email, organisation } = applicant;
  const address = addressOf(applicant);
  return {
    surname: lastName,
    givenName: firstName,
    patronymic,
    snils,
    inn,
    email: email !== undefined && isAscii(email) ? email : undefined,
    region: address === undefined ? undefined : `${address.regionCode} ${address.region}`,
    locality: address?.city,
    organization:
      organisation === undefined
        ? undefined
        : { name: organisation.name, inn: digitsOf(organisation.inn, 10), ogrn: digitsOf(organisation.ogrn, 13) },
  };
}

/** From this second on for `days`. */
export function validity(nowMs: number, days: number): Pick<CertificateProfile, 'notBefore' | 'notAfter'> {
  const startMs = Math.floor(nowMs / 1000) * 1000;
  return { notBefore: new Date(startMs), notAfter: new Date(startMs + days * DAY_MS) };
}

/** Who a subject somebody else wrote names: full name, СНИЛС (empty without one), and the invented person behind it. */
export function ownerOf(subject: readonly SubjectAttribute[]): {
  readonly fullName: string;
  readonly snils: string;
  readonly person: number | undefined;
} {
  const valueOf = (oid: string): string => subject.find((found) => found.oid === oid)?.value ?? '';
  const snils = valueOf(OID.snils);
  return { fullName: valueOf(OID.commonName), snils, person: personIndexOf({ snils, inn: valueOf(OID.inn) }) };
}

/** What the certificate of an applicant says, valid from this second on for `days`. */
export function certificateContent(
  applicant: Applicant,
  spki: Buffer,
  nowMs: number,
  days: number,
): CertificateProfile {
  return {
    subject: unepSubject(unepOwner(applicant)),
    spki,
    ...validity(nowMs, days),
    identificationKind: IDENTIFICATION_KIND[applicant.identification],
  };
}
