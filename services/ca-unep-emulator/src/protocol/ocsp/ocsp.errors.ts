import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';
import { OCSP_FAILURES, ocspFailure, type OcspFailure } from '@poligon/pki';

/** What every OCSP answer, good or bad, is sent with: the HTTP status says nothing (RFC 6960 A.2). */
export const ocspReply = (der: Buffer): WireReply =>
  new WireReply(200, { 'content-type': 'application/ocsp-response' }, der);

/** responseStatus values of RFC 6960 4.2.1 (section 3). */
export const ocspErrors: ErrorCatalogue = {
  protocol: 'ocsp',
  names: Object.keys(OCSP_FAILURES),
  problems: {
    malformed: 'malformedRequest',
    invalid: 'malformedRequest',
    'too-large': 'malformedRequest',
    'media-type': 'malformedRequest',
    'unknown-path': 'malformedRequest',
    'wrong-method': 'malformedRequest',
    unavailable: 'tryLater',
    internal: 'internalError',
  },
  owns: () => false,
  render: (name) => ocspReply(ocspFailure(name as OcspFailure)),
};
