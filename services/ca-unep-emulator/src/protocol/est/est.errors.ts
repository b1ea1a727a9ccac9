import { WireReply, type ErrorCatalogue, type FailureDetail } from '@poligon/emulator-kit';

/** RFC 7030 4.2.3: the HTTP status decides, the text is for people. */
const ENTRIES = {
  bad_request: [400, 'malformed request'],
  unauthorized: [401, 'authentication is required'],
  not_found: [404, 'not found'],
  payload_too_large: [413, 'request is too large'],
  internal: [500, 'internal error'],
  overloaded: [503, 'try again later'],
} as const;
type EstErrorName = keyof typeof ENTRIES;

const EXTRA: Readonly<Partial<Record<EstErrorName, Record<string, string>>>> = {
  unauthorized: { 'www-authenticate': 'Basic realm="estrealm"' },
  overloaded: { 'retry-after': '30' },
};

function render(name: EstErrorName, { text }: FailureDetail): WireReply {
  const [status, standard] = ENTRIES[name];
  const extra: Readonly<Record<string, string>> = EXTRA[name] ?? {};
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...extra };
  return new WireReply(status, headers, `${typeof text === 'string' ? text : standard}\n`);
}

/** Errors of EST and of plain PKCS#10 enrolment. */
export const estErrors: ErrorCatalogue = {
  protocol: 'est',
  names: Object.keys(ENTRIES),
  problems: {
    malformed: 'bad_request',
    invalid: 'bad_request',
    'too-large': 'payload_too_large',
    'media-type': 'bad_request',
    'unknown-path': 'not_found',
    'wrong-method': 'not_found',
    unavailable: 'overloaded',
    internal: 'internal',
  },
  owns: ({ url }) => /^\/(\.well-known\/est|pkcs10)/.test(url),
  render: (name, detail) => render(name as EstErrorName, detail),
};
