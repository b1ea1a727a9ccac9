import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';

const STATUS: Readonly<Record<string, number>> = {
  invalid_request: 400,
  invalid_grant: 400,
  invalid_client: 401,
  unauthorized: 401,
  user_exists: 400,
  user_not_found: 404,
  phone_not_found: 404,
  temporarily_unavailable: 503,
  server_error: 500,
};

/** Errors of the DSS token service: OAuth JSON (section 3). */
export const stsErrors: ErrorCatalogue = {
  protocol: 'sts',
  names: Object.keys(STATUS),
  problems: {
    malformed: 'invalid_request',
    invalid: 'invalid_request',
    'too-large': 'invalid_request',
    'media-type': 'invalid_request',
    'unknown-path': 'invalid_request',
    'wrong-method': 'invalid_request',
    unavailable: 'temporarily_unavailable',
    internal: 'server_error',
  },
  owns: ({ url }) => url.startsWith('/STS/'),
  render: (name) => WireReply.json({ error: name }, STATUS[name]),
};
