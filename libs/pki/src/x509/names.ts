import { DerNode, readDer } from '../der/der-reader.js';
import { decodeString } from '../der/der-strings.js';
import { oid, sequence, TAG, tlv } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from './oids.js';

/** One attribute of a distinguished name, by dotted OID; the string type follows from the OID. */
export interface SubjectAttribute {
  readonly oid: string;
  readonly value: string;
}

interface AttributeRule {
  readonly oid: string;
  readonly tag: number;
  /** Exact length of a digits-only value. */
  readonly digits?: number;
}

const utf8 = (id: string): AttributeRule => ({ oid: id, tag: TAG.utf8String });
const digits = (id: string, count: number): AttributeRule => ({ oid: id, tag: TAG.numericString, digits: count });

/** String types and lengths of УНЭП subject attributes, by their customary short names. */
const ATTRIBUTES = {
  CN: utf8(OID.commonName),
  SN: utf8(OID.surname),
  G: utf8(OID.givenName),
  I: utf8(OID.initials),
  C: { oid: OID.country, tag: TAG.printableString },
  S: utf8(OID.state),
  L: utf8(OID.locality),
  street: utf8(OID.street),
  O: utf8(OID.organization),
  OU: utf8(OID.organizationalUnit),
  title: utf8(OID.title),
  E: { oid: OID.email, tag: TAG.ia5String },
  SNILS: digits(OID.snils, 11),
  INN: digits(OID.inn, 12),
  INNLE: digits(OID.innLegalEntity, 10),
  OGRN: digits(OID.ogrn, 13),
  OGRNIP: digits(OID.ogrnip, 15),
} as const satisfies Record<string, AttributeRule>;

export type AttributeName = keyof typeof ATTRIBUTES;

/** `attribute('SNILS', '11223344595')`. */
export function attribute(name: AttributeName, value: string): SubjectAttribute {
  return { oid: ATTRIBUTES[name].oid, value };
}

interface Encoder {
  readonly rule: AttributeRule;
  readonly oidDer: Buffer;
}

const encoders = new Map<string, Encoder>(
  Object.values<AttributeRule>(ATTRIBUTES).map((rule) => [rule.oid, { rule, oidDer: oid(rule.oid) }]),
);

const MAX_VALUE_BYTES = 4096;

function checkValue(rule: AttributeRule, value: string): void {
  const fail = (why: string): never => {
    throw new PkiError('invalid-argument', `subject attribute ${rule.oid} ${why}`);
  };
  if (value.length === 0 || Buffer.byteLength(value) > MAX_VALUE_BYTES) fail(`must be 1..${MAX_VALUE_BYTES} bytes`);
  if (rule.digits !== undefined && !(value.length === rule.digits && /^\d+$/.test(value))) {
    fail(`must be ${rule.digits} digits`);
  }
  if (rule.tag === TAG.printableString && !/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)) fail('must be a PrintableString');
  // eslint-disable-next-line no-control-regex -- IA5String is exactly this range
  if (rule.tag === TAG.ia5String && !/^[\x00-\x7f]*$/.test(value)) fail('must be ASCII');
}

/**
 * Name DER with one attribute per RDN, in the order given.
 * @throws PkiError `invalid-argument` when a value does not fit its string type.
 */
export function encodeName(attributes: readonly SubjectAttribute[]): Buffer {
  const parts = attributes.map(({ oid: id, value }) => {
    const { rule, oidDer } = encoders.get(id) ?? { rule: utf8(id), oidDer: oid(id) };
    checkValue(rule, value);
    return tlv(TAG.set, sequence(oidDer, tlv(rule.tag, Buffer.from(value, 'utf8'))));
  });
  return sequence(...parts);
}

/**
 * Attributes of a Name in encoding order. A multi-valued RDN, which some CSR builders emit, is read attribute by attribute.
 * @throws PkiError `malformed`.
 */
export function parseName(name: DerNode): SubjectAttribute[] {
  return name.children(TAG.sequence).flatMap((rdn) =>
    rdn.children(TAG.set).map((pair) => {
      const [type, value] = pair.children(TAG.sequence);
      if (!type || !value) throw new PkiError('malformed', 'name attribute must hold a type and a value');
      return { oid: type.oid(), value: decodeString(value) };
    }),
  );
}

/** `parseName` from bytes. */
export function decodeName(nameDer: Buffer): SubjectAttribute[] {
  return parseName(readDer(nameDer));
}

/** What a УНЭП certificate says about its owner. */
export interface UnepPerson {
  surname: string;
  givenName: string;
  patronymic?: string;
  /** Digits, with or without separators. */
  snils: string;
  /** 12 digits. */
  inn?: string;
  email?: string;
  /** As `77 г. Москва`. */
  region?: string;
  locality?: string;
  title?: string;
  organization?: { name: string; ogrn?: string; inn?: string; unit?: string };
}

/** Subject of an employee's certificate in the customary order, CN = full name. */
export function unepSubject(person: UnepPerson): SubjectAttribute[] {
  const names = [person.givenName, person.patronymic].filter(Boolean).join(' ');
  const fields: [AttributeName, string | undefined][] = [
    ['SNILS', person.snils.replace(/\D/g, '')],
    ['INN', person.inn],
    ['OGRN', person.organization?.ogrn],
    ['INNLE', person.organization?.inn],
    ['E', person.email],
    ['C', 'RU'],
    ['S', person.region],
    ['L', person.locality],
    ['O', person.organization?.name],
    ['OU', person.organization?.unit],
    ['title', person.title],
    ['SN', person.surname],
    ['G', names],
    ['CN', [person.surname, names].filter(Boolean).join(' ')],
  ];
  return fields.flatMap(([name, value]) => (value ? [attribute(name, value)] : []));
}
