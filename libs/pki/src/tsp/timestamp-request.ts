import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { readImprint } from './timestamp-info.js';
import type { MessageImprint } from './timestamp-info.js';

/** What a client asks a time-stamping authority (RFC 3161 2.4.1). */
export interface TimestampRequest {
  imprint: MessageImprint;
  /** Policy wanted, OID. */
  policy?: string;
  /** INTEGER as it came, to be repeated. */
  nonceDer?: Buffer;
  isCertificateWanted: boolean;
  hasExtensions: boolean;
}

const MAX_NONCE_BYTES = 64;

const FIELDS: Readonly<Record<number, ((field: DerNode, into: TimestampRequest) => void) | undefined>> = {
  [TAG.oid]: (field, into) => {
    into.policy = field.oid();
  },
  [TAG.integer]: (field, into) => {
    if (field.der.length > MAX_NONCE_BYTES) throw new PkiError('malformed', 'TSP: nonce is too long');
    into.nonceDer = field.der;
  },
  [TAG.boolean]: (field, into) => {
    into.isCertificateWanted = field.content[0] !== 0;
  },
  0xa0: (_, into) => {
    into.hasExtensions = true;
  },
};

/** Reads a TimeStampReq. @throws PkiError `malformed` or `limit-exceeded` */
export function parseTimestampRequest(der: Buffer): TimestampRequest {
  const [version, imprint, ...rest] = readDer(der).children(TAG.sequence);
  if (!version || version.smallInteger() !== 1) throw new PkiError('malformed', 'TSP: version must be 1');
  const request: TimestampRequest = { imprint: readImprint(imprint), isCertificateWanted: false, hasExtensions: false };
  for (const field of rest) {
    const read = FIELDS[field.tag];
    if (!read) throw new PkiError('malformed', 'TSP: unknown field');
    read(field, request);
  }
  return request;
}
