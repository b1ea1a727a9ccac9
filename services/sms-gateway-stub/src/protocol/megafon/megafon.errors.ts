import { jsonErrors, reasoned } from '../http/json-errors.js';
import type { DialectRefusals } from '../http/refusal-table.js';

/** Errors of MegaFon A2P: `result.status.code` other than 0 (section 3.3; the numbers are assumptions). */
export const megafonErrors = jsonErrors({
  protocol: 'megafon',
  entries: {
    'bad-request': [200, 1, 'invalid request'],
    'bad-number': [200, 11, 'invalid destination'],
    'bad-sender': [200, 10, 'invalid source'],
    'no-money': [200, 20, 'limit exceeded'],
    'stop-list': [200, 12, 'destination is blocked'],
    throttled: [200, 88, 'throttling error'],
    unauthorized: [401, 401, 'unauthorized'],
    'not-found': [404, 404, 'not found'],
    'wrong-method': [405, 405, 'method not allowed'],
    'too-large': [413, 413, 'request too large'],
    internal: [500, 500, 'internal error'],
    unavailable: [503, 503, 'service unavailable'],
  },
  problems: {
    malformed: 'bad-request',
    invalid: 'bad-request',
    'too-large': 'too-large',
    'media-type': 'bad-request',
    'unknown-path': 'not-found',
    'wrong-method': 'wrong-method',
    unavailable: 'unavailable',
    internal: 'internal',
  },
  path: /^\/sms\/v1(?:\/|\?|$)/,
  body: (code, text, _status, detail) => ({ result: { status: { code, description: reasoned(text, detail) } } }),
});

/** How MegaFon words a refusal of section 6. */
export const megafonRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'unauthorized',
  'ip-blocked': 'unauthorized',
  duplicate: 'throttled',
  antifraud: 'throttled',
  'sender-unregistered': 'bad-sender',
  'stop-list': 'stop-list',
  'foreign-number': 'bad-number',
  unavailable: 'unavailable',
};
