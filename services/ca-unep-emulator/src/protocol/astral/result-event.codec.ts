import type { IssueRequest } from '../../domain/issue-request.js';
import type { ResultEvent } from '../../domain/result-event.js';
import type { SigningOperation } from '../../domain/signing-operation.js';
import type { UnepCertificate } from '../../domain/unep-certificate.js';

/** Type and data of an event before it has an id. */
export interface ResultContent {
  readonly type: 'USIG_REG_STATUS' | 'USIG_CERT_ISSUED' | 'USIG_REG_REJECTED' | 'USIG_SIGN_RESULT';
  readonly data: Readonly<Record<string, unknown>>;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A request without a certificate in the end is told as rejected, whoever ended it; the status says who. */
export function requestContent({ id, state, certificateId, reason }: IssueRequest): ResultContent {
  const type = reason === undefined ? 'USIG_REG_STATUS' : 'USIG_REG_REJECTED';
  return { type, data: { requestEventId: id, status: state, certificateId, reason } };
}

export function certificateContent(request: IssueRequest, certificate: UnepCertificate): ResultContent {
  const { id: certificateId, der, serialHex: serialNumber, notBeforeMs, notAfterMs } = certificate;
  const validity = { notBefore: iso(notBeforeMs), notAfter: iso(notAfterMs) };
  return {
    type: 'USIG_CERT_ISSUED',
    data: {
      ...{ requestEventId: request.id, status: request.state, certificateId },
      ...{ certificate: der.toString('base64'), serialNumber, ...validity },
    },
  };
}

export function revocationContent({ id, requestId, serialHex }: UnepCertificate): ResultContent {
  const data = { requestEventId: requestId, status: 'REVOKED', certificateId: id, serialNumber: serialHex };
  return { type: 'USIG_REG_STATUS', data };
}

export function signingContent({ id, state, certificateId, signatures }: SigningOperation): ResultContent {
  const encoded = signatures.map((signature) => ({ id: signature.id, signature: signature.cms.toString('base64') }));
  return {
    type: 'USIG_SIGN_RESULT',
    data: { requestEventId: id, status: state, certificateId, signatures: encoded },
  };
}

/** The event as it goes over the wire. */
export const eventOnWire = ({ id, type, createdAtMs, data }: ResultEvent) => ({
  id,
  type,
  createdDate: iso(createdAtMs),
  data,
});

/** Body of a callback. */
export const callbackBody = (event: ResultEvent): string => JSON.stringify({ event: eventOnWire(event) });
