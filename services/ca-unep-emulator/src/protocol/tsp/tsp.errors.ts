import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';
import { timestampRejection, TSP_FAILURES, type TspFailure } from '@poligon/pki';

export const tspReply = (der: Buffer): WireReply =>
  new WireReply(200, { 'content-type': 'application/timestamp-reply' }, der);

/** PKIStatus 2 with failInfo (section 3, RFC 3161 2.4.2). */
export const tspErrors: ErrorCatalogue = {
  protocol: 'tsp',
  names: Object.keys(TSP_FAILURES),
  problems: {
    malformed: 'badDataFormat',
    invalid: 'badDataFormat',
    'too-large': 'badRequest',
    'media-type': 'badRequest',
    'unknown-path': 'badRequest',
    'wrong-method': 'badRequest',
    unavailable: 'timeNotAvailable',
    internal: 'systemFailure',
  },
  owns: () => false,
  render: (name) => tspReply(timestampRejection(name as TspFailure, `request refused: ${name}`)),
};
