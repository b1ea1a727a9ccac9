import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';
import {
  CMP_FAILURES,
  cmpErrorContent,
  directoryName,
  encodeCmpMessage,
  encodeName,
  type CmpFailure,
} from '@poligon/pki';

/** What every CMP answer is sent as (RFC 6712 3.4). */
export const cmpReply = (der: Buffer): WireReply => new WireReply(200, { 'content-type': 'application/pkixcmp' }, der);

const NOBODY = directoryName(encodeName([]));

/** An error message without protection: nothing is known of who asked. */
function bareError(failure: CmpFailure): WireReply {
  const content = cmpErrorContent(failure, `request refused: ${failure}`);
  return cmpReply(encodeCmpMessage({ version: 2, sender: NOBODY, recipient: NOBODY, body: 'error', content }));
}

/** PKIFailureInfo bits as unprotected error messages; requests that can be read get protected ones from the desk. */
export const cmpErrors: ErrorCatalogue = {
  protocol: 'cmp',
  names: Object.keys(CMP_FAILURES),
  problems: {
    malformed: 'badDataFormat',
    invalid: 'badDataFormat',
    'too-large': 'badRequest',
    'media-type': 'badDataFormat',
    'unknown-path': 'badRequest',
    'wrong-method': 'badRequest',
    unavailable: 'systemUnavail',
    internal: 'systemFailure',
  },
  owns: ({ url }) => /^\/(cmp|\.well-known\/cmp)(?=[/?]|$)/.test(url),
  render: (name) => bareError(name as CmpFailure),
};
