import type { DerNode } from '../der/der-reader.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { parseCertTemplate } from './crmf.js';
import type { CertificateReference } from './crmf.js';

/** What the client says about one certificate it got (RFC 4210 5.3.18). */
export interface CertConfirmation {
  /** Digest of the certificate, by the hash of its signature algorithm. */
  hash: Buffer;
  requestId: number;
  isAccepted: boolean;
}

/** One certificate to revoke (RFC 4210 5.3.9). */
export interface RevocationDetails extends Partial<CertificateReference> {
  /** Reason code of RFC 5280 5.3.1; undefined when none is given. */
  reason: number | undefined;
}

const MAX_ENTRIES = 100;
export const P10CR_REQUEST_ID = -1;
const malformed = (why: string): PkiError => new PkiError('malformed', `CMP: ${why}`);

function entries(body: DerNode): DerNode[] {
  const list = body.children(TAG.sequence);
  if (list.length > MAX_ENTRIES) throw new PkiError('limit-exceeded', `CMP: more than ${MAX_ENTRIES} entries`);
  return list;
}

/** A request id; -1 stands for the request of a p10cr (RFC 9480 2.12). */
const requestIdOf = (node: DerNode): number => {
  const { content } = node.expect(TAG.integer);
  return content.length === 1 && content[0] === 0xff ? P10CR_REQUEST_ID : node.smallInteger();
};

/** Statuses below rejection accept: accepted and grantedWithMods. */
const isAccepting = (info: DerNode | undefined): boolean => {
  const status = info?.children(TAG.sequence)[0];
  return status === undefined || status.smallInteger() < 2;
};

/** Body of certConf. @throws PkiError `malformed` or `limit-exceeded` */
export function parseCertConfirmations(body: DerNode): CertConfirmation[] {
  return entries(body).map((entry) => {
    const [hash, id, info] = entry.children(TAG.sequence);
    if (!hash || !id) throw malformed('confirmation lacks a field');
    const statusInfo = info?.tag === TAG.sequence ? info : undefined;
    return {
      hash: hash.expect(TAG.octetString).content,
      requestId: requestIdOf(id),
      isAccepted: isAccepting(statusInfo),
    };
  });
}

/** Body of pollReq: the ids of requests asked about. @throws PkiError `malformed` or `limit-exceeded` */
export function parsePollRequest(body: DerNode): number[] {
  return entries(body).map((entry) => {
    const [id] = entry.children(TAG.sequence);
    if (!id) throw malformed('poll request lacks its id');
    return requestIdOf(id);
  });
}

function readReason(extensions: DerNode | undefined): number | undefined {
  for (const extension of extensions?.children(TAG.sequence) ?? []) {
    const [id, ...rest] = extension.children(TAG.sequence);
    if (id?.oid() === OID.crlReason) return rest.at(-1)?.unwrapOctets().expect(TAG.enumerated).content[0];
  }
  return undefined;
}

/** Body of rr. @throws PkiError `malformed` or `limit-exceeded` */
export function parseRevocationDetails(body: DerNode): RevocationDetails[] {
  return entries(body).map((entry) => {
    const [template, extensions] = entry.children(TAG.sequence);
    if (!template) throw malformed('revocation lacks its certificate');
    const { issuerDer, serial } = parseCertTemplate(template);
    const reference = { ...(issuerDer ? { issuerDer } : {}), ...(serial ? { serial } : {}) };
    return { ...reference, reason: readReason(extensions) };
  });
}

/** Body of genm: object identifiers of what is asked for. @throws PkiError `malformed` or `limit-exceeded` */
export function parseGeneralMessage(body: DerNode): string[] {
  return entries(body).map((entry) => {
    const [type] = entry.children(TAG.sequence);
    if (!type) throw malformed('general message entry is empty');
    return type.oid();
  });
}
