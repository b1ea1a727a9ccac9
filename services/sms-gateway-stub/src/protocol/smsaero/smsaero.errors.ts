import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';
import { jsonErrors, reasoned } from '../http/json-errors.js';
import type { DialectRefusals } from '../http/refusal-table.js';

const LEGACY = {
  'legacy-reject': { result: 'reject', reason: 'incorrect sign' },
  'legacy-no-credits': { result: 'no credits' },
} as const;

const errors = jsonErrors({
  protocol: 'smsaero',
  entries: {
    unauthorized: [401, 401, 'Invalid authorization'],
    validation: [400, 400, 'Validation error'],
    sign: [400, 400, 'Sign not found'],
    'stop-list': [400, 400, 'Number in blacklist'],
    'no-money': [402, 402, 'Not enough money'],
    'not-found': [404, 404, 'Not found'],
    'wrong-method': [405, 405, 'Method not allowed'],
    'too-large': [413, 413, 'Request too large'],
    'too-many': [429, 429, 'Too many requests'],
    internal: [500, 500, 'Internal server error'],
    unavailable: [503, 503, 'Service unavailable'],
  },
  problems: {
    malformed: 'validation',
    invalid: 'validation',
    'too-large': 'too-large',
    'media-type': 'validation',
    'unknown-path': 'not-found',
    'wrong-method': 'wrong-method',
    unavailable: 'unavailable',
    internal: 'internal',
  },
  path: /^\/v2(?:\/|\?|$)/,
  // What is wrong with one field stands under its name.
  body: (_code, text, _status, detail) => ({
    success: false,
    data: null,
    message:
      typeof detail['field'] === 'string' && detail['field'] !== ''
        ? { [detail['field']]: [String(detail['reason'])] }
        : reasoned(text, detail),
  }),
});

/** Errors of SMS Aero v2 (section 3.3), and the two replies of its first version that clients still check. */
export const smsaeroErrors: ErrorCatalogue = {
  ...errors,
  names: [...errors.names, ...Object.keys(LEGACY)],
  render: (name, detail, call) =>
    name in LEGACY ? WireReply.json(LEGACY[name as keyof typeof LEGACY]) : errors.render(name, detail, call),
};

/** How SMS Aero words a refusal of section 6. */
export const smsaeroRefusals: DialectRefusals = {
  'no-funds': 'legacy-no-credits',
  'auth-rejected': 'unauthorized',
  'ip-blocked': 'unauthorized',
  duplicate: 'too-many',
  'sender-unregistered': 'sign',
  'stop-list': 'stop-list',
  'foreign-number': 'validation',
  unavailable: 'unavailable',
};
