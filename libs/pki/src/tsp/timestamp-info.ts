import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { decodeTime } from '../der/der-strings.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';

/** Digest of what is time-stamped (RFC 3161 2.4.1). */
export interface MessageImprint {
  /** The structure as it came, to be repeated. */
  der: Buffer;
  /** OID of the digest. */
  algorithm: string;
  digest: Buffer;
}

/** @throws PkiError `malformed` */
export function readImprint(node: DerNode | undefined): MessageImprint {
  const [algorithm, digest] = node?.children(TAG.sequence) ?? [];
  const id = algorithm?.children(TAG.sequence)[0];
  if (!node || !id || !digest) throw new PkiError('malformed', 'TSP: message imprint is missing');
  return { der: node.der, algorithm: id.oid(), digest: digest.expect(TAG.octetString).content };
}

/** What a time-stamp token says. */
export interface TimestampInfo {
  policy: string;
  imprint: MessageImprint;
  /** Upper-case hex. */
  serialHex: string;
  genTime: Date;
}

/** Reads a TSTInfo. @throws PkiError `malformed` or `limit-exceeded` */
export function parseTimestampInfo(der: Buffer): TimestampInfo {
  const [version, policy, imprint, serial, genTime] = readDer(der).children(TAG.sequence);
  if (!version || !policy || !serial || !genTime) throw new PkiError('malformed', 'TSP: token lacks a field');
  return {
    policy: policy.oid(),
    imprint: readImprint(imprint),
    serialHex: serial.unsigned().toString('hex').toUpperCase(),
    genTime: decodeTime(genTime.expect(TAG.generalizedTime)),
  };
}
