import { jsonErrors, reasoned } from '../http/json-errors.js';
import type { DialectRefusals } from '../http/refusal-table.js';

/** Errors of MTS Exolve (sections 3.3 and 8): HTTP status and `{"error":{"code","message"}}`. */
export const exolveErrors = jsonErrors({
  protocol: 'exolve',
  entries: {
    'bad-request': [400, 3, 'invalid argument'],
    unauthorized: [401, 16, 'unauthenticated'],
    forbidden: [403, 7, 'permission denied'],
    'no-money': [403, 9, 'insufficient funds'],
    'not-found': [404, 5, 'not found'],
    'wrong-method': [405, 12, 'method not allowed'],
    'too-large': [413, 11, 'request too large'],
    'too-many': [429, 8, 'resource exhausted'],
    internal: [500, 13, 'internal error'],
    unavailable: [503, 14, 'unavailable'],
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
  path: /^\/messaging\/v1(?:\/|\?|$)/,
  body: (code, text, _status, detail) => ({ error: { code, message: reasoned(text, detail) } }),
});

/** How Exolve words a refusal of section 6. */
export const exolveRefusals: DialectRefusals = {
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
