import { context, integer, oid, sequence, set } from '../der/der-writer.js';
import { OID } from '../x509/oids.js';

/** A "certs-only" SignedData (RFC 5652 5, RFC 7030 4.1.3): certificates and nothing signed. DER. */
export function certsOnly(certificates: readonly Buffer[]): Buffer {
  const body = sequence(integer(1), set(), sequence(oid(OID.data)), context(0, ...certificates), set());
  return sequence(oid(OID.signedData), context(0, body));
}
