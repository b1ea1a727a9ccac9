import { createHash } from 'node:crypto';
import {
  bitString,
  context,
  contextPrimitive,
  integer,
  octetString,
  oid,
  sequence,
  TAG,
  tlv,
  TRUE,
} from '../der/der-writer.js';
import { readDer } from '../der/der-reader.js';
import { PkiError } from '../pki.errors.js';
import { OID } from './oids.js';
import type { CertificateDefaults } from './profile.js';

/** Bits of KeyUsage in order (RFC 5280 4.2.1.3). */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** An extension by its OID; `value` is the DER inside the OCTET STRING. */
export interface RawExtension {
  oid: string;
  isCritical?: boolean;
  value: Buffer;
}

/** One Extension of RFC 5280 4.1. */
export function extension({ oid: id, isCritical, value }: RawExtension): Buffer {
  return isCritical ? sequence(oid(id), TRUE, octetString(value)) : sequence(oid(id), octetString(value));
}

/** KeyUsage as a named bit list without trailing zero bits. */
export function keyUsageValue(usages: readonly KeyUsage[]): Buffer {
  let bits = 0;
  for (const usage of usages) bits |= 0x80 >> KEY_USAGES.indexOf(usage);
  if (bits === 0) return bitString(Buffer.alloc(0));
  let unused = 0;
  while (((bits >> unused) & 1) === 0) unused++;
  return bitString(Buffer.from([bits]), unused);
}

/** BIT STRING content of a SubjectPublicKeyInfo, without the unused-bits byte. */
export function publicKeyBits(spki: Buffer): Buffer {
  const [, bits] = readDer(spki).children(TAG.sequence);
  if (!bits) throw new PkiError('malformed', 'public key info must hold an algorithm and a key');
  return bits.bits();
}

/**
 * SHA-1 of the BIT STRING content (RFC 5280 4.2.1.2 method 1). For GOST that is the 66 bytes `04 40 || key`:
 * hashing the 64 key bytes alone breaks OCSP matching in OpenSSL.
 */
export function keyIdentifier(spki: Buffer): Buffer {
  return createHash('sha1').update(publicKeyBits(spki)).digest();
}

export const subjectKeyIdentifier = (id: Buffer): Buffer =>
  extension({ oid: OID.subjectKeyIdentifier, value: octetString(id) });

export const authorityKeyIdentifier = (id: Buffer): Buffer =>
  extension({ oid: OID.authorityKeyIdentifier, value: sequence(contextPrimitive(0, id)) });

/** basicConstraints of an authority, critical. */
export function authorityConstraints(pathLength?: number): Buffer {
  const limit = pathLength === undefined ? [] : [integer(pathLength)];
  return extension({ oid: OID.basicConstraints, isCritical: true, value: sequence(TRUE, ...limit) });
}

export const identificationKind = (kind: number): Buffer =>
  extension({ oid: OID.identificationKind, value: integer(kind) });

const utf8 = (text: string): Buffer => tlv(TAG.utf8String, Buffer.from(text, 'utf8'));

function uri(url: string): Buffer {
  if (!/^[\x21-\x7e]{1,2048}$/.test(url)) throw new PkiError('invalid-argument', 'url must be 1..2048 printable ASCII');
  return contextPrimitive(6, Buffer.from(url, 'latin1'));
}

function accessDescriptions(defaults: CertificateDefaults): Buffer[] {
  const ocsp = (defaults.ocspUrls ?? []).map((url) => sequence(oid(OID.accessOcsp), uri(url)));
  return [...ocsp, ...(defaults.caIssuerUrls ?? []).map((url) => sequence(oid(OID.accessCaIssuers), uri(url)))];
}

const when = <T>(list: readonly T[], make: (list: readonly T[]) => Buffer): Buffer[] =>
  list.length > 0 ? [make(list)] : [];

function usageExtensions(defaults: CertificateDefaults): Buffer[] {
  const usages = defaults.keyUsage ?? ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment'];
  const purposes = defaults.extendedKeyUsage ?? [OID.ekuClientAuth, OID.ekuEmailProtection];
  return [
    ...when(usages, (list) => extension({ oid: OID.keyUsage, isCritical: true, value: keyUsageValue(list) })),
    ...when(purposes, (list) =>
      extension({
        oid: OID.extendedKeyUsage,
        isCritical: defaults.isExtendedKeyUsageCritical,
        value: sequence(...list.map(oid)),
      }),
    ),
    ...when(defaults.policies ?? [OID.policyKs1], (list) =>
      extension({ oid: OID.certificatePolicies, value: sequence(...list.map((id) => sequence(oid(id)))) }),
    ),
  ];
}

/** CRLDistributionPoints of full names only, also the syntax of freshestCRL. */
export const distributionPoints = (urls: readonly string[]): Buffer =>
  sequence(...urls.map((url) => sequence(context(0, context(0, uri(url))))));

/** The extensions that do not depend on the subject: encode once per authority. */
export function staticExtensions(defaults: CertificateDefaults): Buffer {
  const { subjectSignTool, issuerSignTool } = defaults;
  return Buffer.concat([
    ...usageExtensions(defaults),
    ...(subjectSignTool ? [extension({ oid: OID.subjectSignTool, value: utf8(subjectSignTool) })] : []),
    ...(issuerSignTool ? [extension({ oid: OID.issuerSignTool, value: sequence(...issuerSignTool.map(utf8)) })] : []),
    ...when(defaults.crlUrls ?? [], (urls) =>
      extension({
        oid: OID.crlDistributionPoints,
        value: distributionPoints(urls),
      }),
    ),
    ...when(accessDescriptions(defaults), (list) =>
      extension({ oid: OID.authorityInfoAccess, value: sequence(...list) }),
    ),
  ]);
}
