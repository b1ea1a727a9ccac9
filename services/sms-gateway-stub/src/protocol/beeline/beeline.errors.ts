import { WireReply, type ErrorCatalogue, type FailedCall, type FailureDetail } from '@poligon/emulator-kit';
import { reasoned } from '../http/json-errors.js';
import { nginxPage } from '../http/nginx-page.js';
import type { DialectRefusals } from '../http/refusal-table.js';
import { xmlReply, xmlText } from '../smsc/smsc-xml.codec.js';

/** Texts of errors; the service's own wording is not published. */
const ENTRIES: Readonly<Record<string, string>> = {
  'access-denied': 'Access denied',
  'bad-request': 'Invalid parameters',
  'unknown-action': 'Unknown action',
  'bad-target': 'Invalid target',
  'bad-sender': 'Sender is not allowed',
  'stop-list': 'Target is in the stop list',
  'no-money': 'Not enough money',
  repeated: 'Message repeated',
  unavailable: 'Service is unavailable',
};

function render(name: string, detail: FailureDetail, call: FailedCall): WireReply {
  const text = ENTRIES[name];
  if (text === undefined) return nginxPage.render(name);
  const message = reasoned(text, detail);
  // The JSON variant speaks JSON.
  if (/^\/proto\/http\/rest/.test(call.url)) return WireReply.json({ errors: [message] });
  return xmlReply(`<output><errors><error>${xmlText(message)}</error></errors></output>`);
}

/** Errors of Beeline A2P: HTTP 200 with `<errors>` or `errors` (an assumption). */
export const beelineErrors: ErrorCatalogue = {
  protocol: 'beeline',
  names: [...Object.keys(ENTRIES), ...nginxPage.names],
  problems: {
    malformed: 'bad-request',
    invalid: 'bad-request',
    'too-large': 'http-413',
    'media-type': 'bad-request',
    'unknown-path': 'http-404',
    'wrong-method': 'http-405',
    unavailable: 'unavailable',
    internal: 'http-500',
  },
  owns: ({ url }) => /^\/proto\/http(?:\/|\?|$)/.test(url),
  render,
};

/** How Beeline words a refusal of section 6. */
export const beelineRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'access-denied',
  'ip-blocked': 'access-denied',
  duplicate: 'repeated',
  'sender-unregistered': 'bad-sender',
  'stop-list': 'stop-list',
  'foreign-number': 'bad-target',
  unavailable: 'unavailable',
};
