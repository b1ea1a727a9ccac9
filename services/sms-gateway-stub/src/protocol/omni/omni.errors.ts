import { jsonErrors, reasoned } from '../http/json-errors.js';
import type { DialectRefusals } from '../http/refusal-table.js';

/** Errors of MTS OmniChannel; their form is an assumption. */
export const omniErrors = jsonErrors({
  protocol: 'omni',
  entries: {
    'bad-request': [400, 400, 'bad request'],
    unauthorized: [401, 401, 'unauthorized'],
    forbidden: [403, 403, 'forbidden'],
    'no-money': [402, 402, 'not enough money'],
    'not-found': [404, 404, 'not found'],
    'wrong-method': [405, 405, 'method not allowed'],
    'too-large': [413, 413, 'payload too large'],
    'too-many': [429, 429, 'too many requests'],
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
  path: /^\/http-api\/v1(?:\/|\?|$)/,
  body: (code, text, _status, detail) => ({ code, message: reasoned(text, detail) }),
});

/** How OmniChannel words a refusal of section 6. */
export const omniRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'unauthorized',
  'ip-blocked': 'forbidden',
  duplicate: 'too-many',
  antifraud: 'too-many',
  'sender-unregistered': 'forbidden',
  'stop-list': 'forbidden',
  'foreign-number': 'bad-request',
  unavailable: 'unavailable',
};
