import { jsonErrors, reasoned } from '../http/json-errors.js';
import type { Refusal } from '../../domain/account.js';
import type { DialectRefusals } from '../http/refusal-table.js';

/** Errors of a whole iqsms call: HTTP 200, `status` error (an assumption beside section 3.3). */
export const iqsmsErrors = jsonErrors({
  protocol: 'iqsms',
  entries: {
    'bad-request': [200, 1, 'invalid request'],
    unauthorized: [200, 2, 'error authorization'],
    'no-money': [200, 3, 'not enough balance'],
    'bad-sender': [200, 4, 'sender address invalid'],
    'bad-number': [200, 5, 'invalid mobile phone'],
    repeated: [200, 6, 'message repeated'],
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
  path: /^\/messages\/v2(?:\/|\?|$)/,
  body: (code, text, _status, detail) => ({ status: 'error', code, description: reasoned(text, detail) }),
});

/** How iqsms words a refusal of section 6. */
export const iqsmsRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'unauthorized',
  'ip-blocked': 'unauthorized',
  duplicate: 'repeated',
  'sender-unregistered': 'bad-sender',
  'stop-list': 'bad-number',
  'foreign-number': 'bad-number',
  unavailable: 'unavailable',
};

/** The `status` of a single message that is refused. */
export const IQSMS_STATUS: Readonly<Partial<Record<Refusal, string>>> = {
  'no-funds': 'not enough balance',
  'sender-unregistered': 'sender address invalid',
  'stop-list': 'invalid mobile phone',
};
