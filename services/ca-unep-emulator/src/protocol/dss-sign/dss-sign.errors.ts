import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';

/** HTTP status and plain text; what goes wrong with a task is its OperationStatus (section 3, profile `dsssign`). */
const ENTRIES = {
  bad_request: [400, 'Bad request'],
  unauthorized: [401, 'Unauthorized'],
  not_found: [404, 'Not found'],
  wrong_state: [409, 'Certificate is not active'],
  overloaded: [503, 'Service unavailable'],
  internal: [500, 'Internal server error'],
} as const;

/** Errors of the DssSign profile. */
export const dssSignErrors: ErrorCatalogue = {
  protocol: 'dss-sign',
  names: Object.keys(ENTRIES),
  problems: {
    malformed: 'bad_request',
    invalid: 'bad_request',
    'too-large': 'bad_request',
    'media-type': 'bad_request',
    'unknown-path': 'not_found',
    'wrong-method': 'not_found',
    unavailable: 'overloaded',
    internal: 'internal',
  },
  owns: ({ url }) => /^\/DssSign(Result)?(?=[/?]|$)/.test(url),
  render: (name, { text }) => {
    const [status, standard] = ENTRIES[name as keyof typeof ENTRIES];
    return WireReply.text(typeof text === 'string' ? text : standard, status, 'text/plain; charset=utf-8');
  },
};
