import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DerNode } from '../der/der-reader.js';
import { integer, NULL, octetString, oid, sequence, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';

const OWFS: Readonly<Record<string, string | undefined>> = {
  [OID.sha1]: 'sha1',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};
const MACS: Readonly<Record<string, string | undefined>> = {
  '1.3.6.1.5.5.8.1.2': 'sha1',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
/** More costs the authority more than a request is worth. */
const MAX_ITERATIONS = 100_000;
const MAX_SALT_BYTES = 128;

/** Parameters of a password-based MAC (RFC 4210 5.1.3.1). */
export interface PasswordMacParameters {
  salt: Buffer;
  iterations: number;
  /** OIDs of the one-way function and of the MAC. */
  owf: string;
  mac: string;
}

const algorithmOf = (node: DerNode | undefined): string => {
  const id = node?.children(TAG.sequence)[0];
  if (!id) throw new PkiError('malformed', 'CMP: MAC parameters lack an algorithm');
  return id.oid();
};

/** Reads PBMParameter. @throws PkiError `malformed`, `limit-exceeded`, `unsupported-algorithm` */
export function parsePasswordMac(parameters: DerNode | undefined): PasswordMacParameters {
  const [salt, owf, iterations, mac] = parameters?.children(TAG.sequence) ?? [];
  if (!salt || !iterations) throw new PkiError('malformed', 'CMP: MAC parameters lack a field');
  const read = {
    salt: salt.expect(TAG.octetString).content,
    iterations: iterations.smallInteger(),
    owf: algorithmOf(owf),
    mac: algorithmOf(mac),
  };
  const isBounded = read.iterations > 0 && read.iterations <= MAX_ITERATIONS && read.salt.length <= MAX_SALT_BYTES;
  if (!isBounded) throw new PkiError('limit-exceeded', `CMP: MAC iterations must be 1..${MAX_ITERATIONS}`);
  if (!OWFS[read.owf] || !MACS[read.mac]) throw new PkiError('unsupported-algorithm', 'CMP: unknown MAC algorithm');
  return read;
}

/** The MAC of `data` under a password. @throws PkiError `unsupported-algorithm` */
export function passwordMac(secret: Buffer, parameters: PasswordMacParameters, data: Buffer): Buffer {
  const owf = OWFS[parameters.owf];
  const mac = MACS[parameters.mac];
  if (!owf || !mac) throw new PkiError('unsupported-algorithm', 'CMP: unknown MAC algorithm');
  let key = Buffer.concat([secret, parameters.salt]);
  for (let round = 0; round < parameters.iterations; round += 1) key = createHash(owf).update(key).digest();
  return createHmac(mac, key).update(data).digest();
}

/** Compares in constant time. */
export function isPasswordMac(
  expected: { secret: Buffer; parameters: PasswordMacParameters },
  data: Buffer,
  value: Buffer,
): boolean {
  const own = passwordMac(expected.secret, expected.parameters, data);
  return own.length === value.length && timingSafeEqual(own, value);
}

const algorithm = (id: string): Buffer => (MACS[id] === undefined ? sequence(oid(id)) : sequence(oid(id), NULL));

/** AlgorithmIdentifier of a password-based MAC with its parameters. */
export const passwordMacAlgorithm = ({ salt, iterations, owf, mac }: PasswordMacParameters): Buffer =>
  sequence(oid(OID.passwordBasedMac), sequence(octetString(salt), algorithm(owf), integer(iterations), algorithm(mac)));
