import type { ErrorCatalogue, FailedCall } from '@poligon/emulator-kit';
import { rawPairs } from '../http/fields.js';
import { nginxPage } from '../http/nginx-page.js';
import type { DialectRefusals } from '../http/refusal-table.js';
import { SMSRU_CODES, WHOLE_CALL } from './smsru-codes.js';
import { smsruItems, smsruReply } from './smsru-envelope.codec.js';

const PATH = /^\/(?:sms|my|auth|stoplist|callback|code|callcheck)(?:\/|\?|$)/;

/** Entry name of a code: `code-201`. */
export const smsruEntry = (code: number): string => `code-${code}`;

/** How SMS.RU words a refusal of section 6. */
export const smsruRefusals: DialectRefusals = {
  'no-funds': smsruEntry(201),
  'auth-rejected': smsruEntry(301),
  'ip-blocked': smsruEntry(300),
  duplicate: smsruEntry(231),
  antifraud: smsruEntry(233),
  'sender-unregistered': smsruEntry(204),
  'stop-list': smsruEntry(209),
  'foreign-number': smsruEntry(214),
  unavailable: smsruEntry(220),
};

/** Parameters of a failed call, which may not have reached its operation. */
function parametersOf(call: FailedCall): Map<string, string> {
  const at = call.url.indexOf('?');
  const query = at < 0 ? '' : call.url.slice(at + 1);
  const form = Buffer.isBuffer(call.body) ? call.body.toString('latin1') : '';
  return new Map(rawPairs(`${query}&${form}`).map(([name, bytes]) => [name, bytes.toString('utf8')]));
}

/** Errors of SMS.RU (section 3.2): HTTP 200 always, the text form unless `json=1`. */
export const smsruErrors: ErrorCatalogue = {
  protocol: 'smsru',
  names: [...Object.keys(SMSRU_CODES).map((code) => smsruEntry(Number(code))), ...nginxPage.names],
  problems: {
    malformed: smsruEntry(500),
    invalid: smsruEntry(202),
    'too-large': 'http-413',
    'media-type': smsruEntry(211),
    'unknown-path': smsruEntry(211),
    'wrong-method': smsruEntry(211),
    unavailable: smsruEntry(220),
    internal: smsruEntry(500),
  },
  owns: ({ url }) => PATH.test(url),
  render: (name, _detail, call) => {
    if (name.startsWith('http-')) return nginxPage.render(name);
    const code = Number(name.slice('code-'.length));
    const parameters = parametersOf(call);
    const isJson = parameters.get('json') === '1';
    const phones = (parameters.get('to') ?? '').split(',', 100).filter((phone) => phone !== '');
    const isPerRecipient = !WHOLE_CALL.has(code) && code >= 200 && call.operation === 'smsru.send' && phones.length > 0;
    if (!isPerRecipient) return smsruReply(isJson, code);
    const items = phones.map((key) => ({ key, code }));
    return smsruReply(
      isJson,
      100,
      { sms: smsruItems(items) },
      phones.map(() => code),
    );
  },
};
