import { WireReply, type ErrorCatalogue, type FailedCall, type FailureDetail } from '@poligon/emulator-kit';

/** Section 3.1: number and default text of every error; HTTP status is always 200. */
const ENTRIES = {
  'parameters-error': [1, 'parameters error'],
  'authorise-error': [2, 'authorise error'],
  'no-money': [3, 'no money'],
  'ip-blocked': [4, 'ip is blocked'],
  'invalid-date': [5, 'invalid date format'],
  'message-denied': [6, 'message is denied'],
  'invalid-number': [7, 'invalid number'],
  'undeliverable-number': [8, "message to this number can't be delivered"],
  'duplicate-request': [9, 'duplicate request, wait a minute'],
} as const;

/** Answers the web server in front of the gateway gives by itself. */
const HTTP_ENTRIES = {
  'http-400': [400, 'Bad Request'],
  'http-404': [404, 'Not Found'],
  'http-405': [405, 'Not Allowed'],
  'http-413': [413, 'Request Entity Too Large'],
  'http-500': [500, 'Internal Server Error'],
  'http-503': [503, 'Service Temporarily Unavailable'],
} as const;

type SmscErrorName = keyof typeof ENTRIES;

/** Text of the reply form a call asked for; the parameter may stand in the query or in the body. */
function formOf(call: FailedCall): string {
  const fields = Buffer.isBuffer(call.body) ? call.body.toString('latin1') : '';
  const json = typeof call.body === 'object' && call.body !== null ? (call.body as { fmt?: unknown }).fmt : undefined;
  const found = /(?:^|[?&])fmt=(\d)/.exec(`${call.url}&${fields}`)?.[1];
  return found ?? (typeof json === 'number' || typeof json === 'string' ? String(json) : fallbackForm(call));
}

/** The `/rest/` variant speaks JSON whether asked or not. */
function fallbackForm(call: FailedCall): string {
  return call.url.startsWith('/rest/') ? '3' : '0';
}

function render(name: SmscErrorName, detail: FailureDetail, call: FailedCall): WireReply {
  const [number, text] = ENTRIES[name];
  const id = typeof detail['id'] === 'number' ? detail['id'] : undefined;
  switch (formOf(call)) {
    case '1':
      return WireReply.text(`${id ?? 0},-${number}`);
    case '2':
      return WireReply.text(
        `<?xml version="1.0" encoding="utf-8"?>\n<result><error>${text}</error><error_code>${number}</error_code></result>`,
        200,
        'text/xml; charset=utf-8',
      );
    case '3':
      return WireReply.json({ error: text, error_code: number, ...(id === undefined ? {} : { id }) });
    default:
      return WireReply.text(`ERROR = ${number} (${text})${id === undefined ? '' : `, ID - ${id}`}`);
  }
}

function page(name: keyof typeof HTTP_ENTRIES): WireReply {
  const [status, text] = HTTP_ENTRIES[name];
  const title = `${status} ${text}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return WireReply.text(body, status, 'text/html');
}

/** Errors of SMSC.ru. */
export const smscErrors: ErrorCatalogue = {
  protocol: 'smsc',
  names: [...Object.keys(ENTRIES), ...Object.keys(HTTP_ENTRIES)],
  problems: {
    malformed: 'parameters-error',
    invalid: 'parameters-error',
    'too-large': 'http-413',
    'media-type': 'parameters-error',
    'unknown-path': 'http-404',
    'wrong-method': 'http-405',
    unavailable: 'http-503',
    internal: 'http-500',
  },
  owns: () => true,
  render: (name, detail, call) =>
    name in HTTP_ENTRIES ? page(name as keyof typeof HTTP_ENTRIES) : render(name as SmscErrorName, detail, call),
};
