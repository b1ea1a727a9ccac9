import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';

/** What the web server in front of the authority answers by itself: paths of no profile, and unknown AIA names (section 3). */
const ENTRIES = {
  'bad-request': [400, 'Bad Request'],
  'not-found': [404, 'Not Found'],
  'not-allowed': [405, 'Not Allowed'],
  'too-large': [413, 'Request Entity Too Large'],
  internal: [500, 'Internal Server Error'],
  unavailable: [503, 'Service Temporarily Unavailable'],
} as const;

function page(name: keyof typeof ENTRIES): WireReply {
  const [status, words] = ENTRIES[name];
  const title = `${status} ${words}`;
  const head = `<html>\r\n<head><title>${title}</title></head>\r\n`;
  const body = `<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return WireReply.text(head + body, status, 'text/html');
}

/** Owns every call no other protocol owns: keep it last in the list of catalogues. */
export const pkiErrors: ErrorCatalogue = {
  protocol: 'pki',
  names: Object.keys(ENTRIES),
  problems: {
    malformed: 'bad-request',
    invalid: 'bad-request',
    'too-large': 'too-large',
    'media-type': 'bad-request',
    'unknown-path': 'not-found',
    'wrong-method': 'not-allowed',
    unavailable: 'unavailable',
    internal: 'internal',
  },
  owns: () => true,
  render: (name) => page(name as keyof typeof ENTRIES),
};
