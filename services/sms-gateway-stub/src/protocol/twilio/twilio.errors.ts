import { jsonErrors } from '../http/json-errors.js';
import type { DialectRefusals } from '../http/refusal-table.js';

/** Errors of Twilio (section 3.3): code, text, a link and the HTTP status in the body. */
export const twilioErrors = jsonErrors({
  protocol: 'twilio',
  entries: {
    authenticate: [401, 20003, 'Authenticate'],
    'not-found': [404, 20404, 'The requested resource was not found'],
    'wrong-method': [405, 20004, 'Method not allowed'],
    'too-many': [429, 20429, 'Too many requests'],
    internal: [500, 20500, 'Internal server error'],
    unavailable: [503, 20503, 'Service unavailable'],
    'bad-request': [400, 20001, 'Invalid request'],
    'no-to': [400, 21604, "A 'To' phone number is required."],
    'no-from': [400, 21603, "A 'From' phone number is required."],
    'no-body': [400, 21602, 'Message body is required.'],
    'bad-to': [400, 21211, "The 'To' number is not a valid phone number."],
    'bad-from': [400, 21212, "The 'From' number is not a valid phone number, shortcode or alphanumeric sender ID."],
    'long-body': [400, 21617, 'The concatenated message body exceeds the 1600 character limit.'],
    'not-capable': [400, 21612, "The 'To' phone number is not currently reachable using the 'From' phone number."],
    region: [400, 21408, 'Permission to send an SMS has not been enabled for the region indicated by the To number.'],
    'stop-list': [400, 21610, 'Attempt to send to unsubscribed recipient'],
    'not-mobile': [400, 21614, "'To' number is not a valid mobile number"],
    'no-money': [400, 30002, 'Account suspended'],
    'too-large': [413, 20413, 'Request too large'],
    'not-cancelable': [400, 30409, 'Message cannot be canceled'],
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
  path: /^\/2010-04-01(?:\/|\?|$)/,
  body: (code, message, status) => ({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }),
});

/** How Twilio words a refusal of section 6. */
export const twilioRefusals: DialectRefusals = {
  'no-funds': 'no-money',
  'auth-rejected': 'authenticate',
  'ip-blocked': 'authenticate',
  duplicate: 'too-many',
  antifraud: 'too-many',
  'sender-unregistered': 'bad-from',
  'stop-list': 'stop-list',
  'foreign-number': 'region',
  unavailable: 'unavailable',
};
