import { WireReply, type ErrorCatalogue, type FailedCall, type FailureDetail } from '@poligon/emulator-kit';
import { nginxPage } from '../http/nginx-page.js';
import type { DialectRefusals } from '../http/refusal-table.js';
import { xmlReply } from './smsc-xml.codec.js';

/** Section 3.1: number and default text of every error; HTTP status is always 200. */
const ENTRIES = {
  'parameters-error': [1, 'parameters error'],
  'authorise-error': [2, 'authorise error'],
  'no-money': [3, 'no money'],
  'ip-blocked': [4, 'ip is blocked'],
  'invalid-date': [5, 'invalid date format'],
  'message-denied': [6, 'message is denied'],
  'invalid-number': [7, 'invalid number'],
  'undeliverable-number': [8, "message to this number can't be delivered"],
  'duplicate-request': [9, 'duplicate request, wait a minute'],
} as const;

type SmscErrorName = keyof typeof ENTRIES;

/** Text of the reply form a call asked for; the parameter may stand in the query or in the body. */
function formOf(call: FailedCall): string {
  const fields = Buffer.isBuffer(call.body) ? call.body.toString('latin1') : '';
  const json = typeof call.body === 'object' && call.body !== null ? (call.body as { fmt?: unknown }).fmt : undefined;
  const found = /(?:^|[?&])fmt=(\d)|name="fmt"\r\n\r\n(\d)/.exec(`${call.url}&${fields}`)?.slice(1).find(Boolean);
  return found ?? (typeof json === 'number' || typeof json === 'string' ? String(json) : fallbackForm(call));
}

/** The `/rest/` variant speaks JSON whether asked or not. */
function fallbackForm(call: FailedCall): string {
  return call.url.startsWith('/rest/') ? '3' : '0';
}

function render(name: SmscErrorName, detail: FailureDetail, call: FailedCall): WireReply {
  const [number, text] = ENTRIES[name];
  const id = typeof detail['id'] === 'number' ? detail['id'] : undefined;
  switch (formOf(call)) {
    case '1':
      return WireReply.text(`${id ?? 0},-${number}`);
    case '2':
      return xmlReply(`<result><error>${text}</error><error_code>${number}</error_code></result>`);
    case '3':
      return WireReply.json({ error: text, error_code: number, ...(id === undefined ? {} : { id }) });
    default:
      return WireReply.text(`ERROR = ${number} (${text})${id === undefined ? '' : `, ID - ${id}`}`);
  }
}

/** How the provider words a refusal of section 6; what it accepts first and rejects later is not here. */
export const smscRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'authorise-error',
  'ip-blocked': 'ip-blocked',
  duplicate: 'duplicate-request',
  'sender-unregistered': 'message-denied',
  'foreign-number': 'undeliverable-number',
  unavailable: 'http-503',
};

/** Errors of SMSC.ru. */
export const smscErrors: ErrorCatalogue = {
  protocol: 'smsc',
  names: [...Object.keys(ENTRIES), ...nginxPage.names],
  problems: {
    malformed: 'parameters-error',
    invalid: 'parameters-error',
    'too-large': 'http-413',
    'media-type': 'parameters-error',
    'unknown-path': 'http-404',
    'wrong-method': 'http-405',
    unavailable: 'http-503',
    internal: 'http-500',
  },
  owns: () => true,
  render: (name, detail, call) =>
    name in ENTRIES ? render(name as SmscErrorName, detail, call) : nginxPage.render(name),
};
