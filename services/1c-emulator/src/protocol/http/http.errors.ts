import { WireReply, type ErrorCatalogue, type FailedCall, type FailureDetail } from '@poligon/emulator-kit';
import { PLATFORM_TEXTS } from '../../domain/platform-failure.js';
import { exceptionBody } from './exception-body.js';
import { cp1251 } from './cp1251.js';
import { crashPage, webServerPage } from './html-pages.js';

type Render = (detail: FailureDetail, call: FailedCall) => WireReply;

const TEXT = 'text/plain; charset=utf-8';
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

const plain =
  (status: number, text: string): Render =>
  () =>
    WireReply.text(text, status, TEXT);
const page =
  (status: number, phrase: string, headers: Readonly<Record<string, string>> = {}): Render =>
  () =>
    new WireReply(status, { 'content-type': HTML, ...headers }, webServerPage(status, phrase));

/** `detail.message`: what the administrator wrote when locking the infobase. */
const locked: Render = ({ message }, { method, url }) => {
  const text = PLATFORM_TEXTS['infobase-locked'];
  const lines = typeof message === 'string' && message !== '' ? `${text}\n${message}` : text;
  const exception = { status: 403, phrase: 'Forbidden', method, resource: resourceOf(url), text: lines };
  return new WireReply(403, { 'content-type': JSON_TYPE }, exceptionBody(exception));
};

/** Errors the web server and the application server answer with before any service is reached (1c.md 3, 4). */
const RENDER = {
  'infobase-locked': locked,
  'no-licence': plain(500, PLATFORM_TEXTS['no-licence']),
  'no-free-licence': plain(500, PLATFORM_TEXTS['no-free-licence']),
  'no-licence-key': plain(500, PLATFORM_TEXTS['no-licence-key']),
  'exclusive-lock': plain(500, PLATFORM_TEXTS['exclusive-lock']),
  'session-lost': plain(400, PLATFORM_TEXTS['session-lost']),
  'session-killed': plain(500, PLATFORM_TEXTS['session-killed']),
  'broken-publication': plain(500, 'Ошибка при разборе дескриптора виртуальных ресурсов'),
  'crash-html': ({ message }) =>
    WireReply.text(crashPage(typeof message === 'string' ? message : 'Unrecoverable error'), 500, HTML),
  'iis-401-5': page(401, 'Unauthorized: Authorization failed by an ISAPI/CGI application (401.5)'),
  /** A login page in place of data: some portals answer so without a session. */
  'html-200': page(200, 'Вход в систему'),
  /** A page of a proxy that knows nothing of UTF-8. */
  'cp1251-page': () =>
    new WireReply(
      502,
      { 'content-type': 'text/html; charset=windows-1251' },
      cp1251('<html><head><title>502</title></head><body><h1>Ошибка шлюза: сервер 1С не отвечает</h1></body></html>'),
    ),
  unauthorised: page(401, 'Unauthorized', { 'www-authenticate': 'Basic realm="1C:Enterprise 8.3"' }),
  'pool-exhausted': plain(406, 'Не удалось начать сеанс: все сеансы пула заняты'),
  'web-server-unavailable': page(503, 'Service Unavailable'),
  'bad-request': page(400, 'Bad Request'),
  'not-published': page(404, 'Not Found'),
  'method-not-allowed': page(405, 'Method Not Allowed'),
  'body-too-large': page(413, 'Content Too Large'),
  'media-type': page(415, 'Unsupported Media Type'),
  'internal-error': page(500, 'Internal Server Error'),
} as const satisfies Record<string, Render>;

type HttpError = keyof typeof RENDER;

/** The catalogue of the HTTP publication as such; services add their own. */
export const httpErrors: ErrorCatalogue = {
  protocol: 'http',
  names: Object.keys(RENDER),
  problems: {
    malformed: 'bad-request',
    invalid: 'bad-request',
    'too-large': 'body-too-large',
    'media-type': 'media-type',
    'unknown-path': 'not-published',
    'wrong-method': 'method-not-allowed',
    unavailable: 'web-server-unavailable',
    internal: 'internal-error',
  },
  owns: () => true,
  render: (name, detail, call) => RENDER[name as HttpError](detail, call),
};

/** The part of the path after the publication's name. */
function resourceOf(url: string): string {
  const path = url.split('?', 1)[0]!;
  return path.replace(/^\/[^/]*/, '') || '/';
}
