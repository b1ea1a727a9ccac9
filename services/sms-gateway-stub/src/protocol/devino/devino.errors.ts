import { jsonErrors, reasoned } from '../http/json-errors.js';
import type { DialectRefusals } from '../http/refusal-table.js';

/** Errors of a whole call to Devino (an assumption) beside the codes of single messages (section 3.3). */
export const devinoErrors = jsonErrors({
  protocol: 'devino',
  entries: {
    'bad-request': [400, 400, 'Bad request'],
    unauthorized: [401, 401, 'Unauthorized'],
    forbidden: [403, 403, 'Forbidden'],
    'no-money': [200, 0, 'NOT_ENOUGH_BALANCE'],
    'stop-list': [200, 0, 'PHONE_IN_BLACKLIST'],
    'bad-number': [200, 0, 'INVALID_DESTINATION_ADDRESS'],
    'bad-sender': [200, 0, 'INVALID_SOURCE_ADDRESS'],
    repeated: [200, 0, 'DUPLICATE_MESSAGE'],
    'bad-text': [200, 0, 'INVALID_TEXT'],
    'not-found': [404, 404, 'Not found'],
    'wrong-method': [405, 405, 'Method not allowed'],
    'too-large': [413, 413, 'Payload too large'],
    internal: [500, 500, 'Internal error'],
    unavailable: [503, 503, 'Service unavailable'],
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
  path: /^\/sms\/messages(?:\/|\?|$)/,
  body: (code, text, status, detail) =>
    status === 200 ? { result: [devinoFailure(text)] } : { code, message: reasoned(text, detail) },
});

/** A message that was not accepted: a code other than OK and no messageId. */
export const devinoFailure = (code: string) => ({ code });

/** How Devino words a refusal of section 6. */
export const devinoRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'unauthorized',
  'ip-blocked': 'forbidden',
  duplicate: 'repeated',
  'sender-unregistered': 'bad-sender',
  'stop-list': 'stop-list',
  'foreign-number': 'bad-number',
  unavailable: 'unavailable',
};

/** Codes of single messages by refusal. */
export const DEVINO_CODES: Readonly<Record<string, string>> = {
  'no-funds': 'NOT_ENOUGH_BALANCE',
  'stop-list': 'PHONE_IN_BLACKLIST',
  'sender-unregistered': 'INVALID_SOURCE_ADDRESS',
};
