import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';

/** Section 3, profile `dss`: 400 names the rule, 500 says nothing particular. */
const CODES = [
  'invalid_signature_params',
  'invalid_pin',
  'algid_is_not_supported',
  'param_set_is_not_supported',
  // Misspelt on the wire: clients compare it as it is.
  'prorvider_not_found',
  'enroll_is_missing',
  'parameters_required',
  'content_required',
  'invalid_content',
  'invalid_recipients',
] as const;
export type DssErrorCode = (typeof CODES)[number];

const OTHERS: Readonly<Record<string, readonly [number, string]>> = {
  unauthorized: [401, 'Authorization has been denied for this request.'],
  not_found: [404, 'The requested resource was not found.'],
  overloaded: [503, 'The service is unavailable.'],
  internal: [500, 'An error has occurred'],
};

/** Errors of the КриптоПро DSS sign server and verification service. */
export const dssErrors: ErrorCatalogue = {
  protocol: 'dss',
  names: [...CODES, ...Object.keys(OTHERS)],
  problems: {
    malformed: 'parameters_required',
    invalid: 'parameters_required',
    'too-large': 'invalid_content',
    'media-type': 'parameters_required',
    'unknown-path': 'not_found',
    'wrong-method': 'not_found',
    unavailable: 'overloaded',
    internal: 'internal',
  },
  owns: ({ url }) => /^\/(SignServer|SVS|verify)\//.test(url),
  render: (name) => {
    const [status, message] = OTHERS[name] ?? [400, name];
    return WireReply.json({ Message: message }, status);
  },
};
