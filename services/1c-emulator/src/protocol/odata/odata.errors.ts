import { WireReply, type ErrorCatalogue, type FailedCall, type FailureDetail } from '@poligon/emulator-kit';
import { httpErrors } from '../http/http.errors.js';
import { ODATA_ENTRIES, type ODataEntry, type ODataError } from './odata-entries.js';
import { queryOptions } from './query-options.js';
import { representationOf } from './representation.js';
import { hasIllegalXml, xmlText } from '../xml/xml-text.js';

const METADATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';
const OWN_PATH = /^\/[^/?]+\/+odata(\/|\?|$)/;
/** U+FEFF, which the real system may put before a body. */
const BOM = '\ufeff';

/** Errors of the standard interface in the form the call asked for, and the platform's own that come before it. */
export const odataErrors: ErrorCatalogue = {
  protocol: 'odata',
  names: [...Object.keys(ODATA_ENTRIES), ...httpErrors.names.filter((name) => !Object.hasOwn(ODATA_ENTRIES, name))],
  problems: {
    malformed: 'invalid-json',
    invalid: 'bad-format',
    'too-large': 'body-too-large',
    'media-type': 'bad-format',
    'unknown-path': 'unknown-set',
    'wrong-method': 'method-forbidden',
    unavailable: 'web-server-unavailable',
    internal: 'internal',
  },
  owns: ({ url }) => OWN_PATH.test(url),
  render: (name, detail, call) =>
    Object.hasOwn(ODATA_ENTRIES, name)
      ? rendered(ODATA_ENTRIES[name as ODataError], detail, call)
      : httpErrors.render(name, detail, call),
};

/** `detail.bom` puts a BOM before the body, `detail.base64` sends the text of an XML error in base64. */
function rendered(entry: ODataEntry, detail: FailureDetail, call: FailedCall): WireReply {
  const text = textOf(entry, detail);
  const { options } = queryOptions(call.url);
  const form = representationOf(options.get('$format'), call.header('accept')) ?? 'atom';
  const head = detail['bom'] === true ? BOM : '';
  const [type, body] =
    form === 'atom'
      ? ['application/xml;charset=utf-8', xmlBody(entry.code, text, detail['base64'] === true)]
      : ['application/json;charset=utf-8', jsonBody(entry.code, text)];
  return new WireReply(entry.status, { 'content-type': type, DataServiceVersion: '3.0' }, head + body);
}

function textOf({ text }: ODataEntry, { text: own, of }: FailureDetail): string {
  if (typeof own === 'string') return own;
  const values = Array.isArray(of) ? [...(of as string[])] : [];
  return text.replace(/%/g, () => values.shift() ?? '');
}

function jsonBody(code: number, value: string): string {
  return JSON.stringify({ 'odata.error': { code: String(code), message: { lang: 'ru', value } } });
}

function xmlBody(code: number, text: string, isEncoded: boolean): string {
  const shown = isEncoded || hasIllegalXml(text) ? Buffer.from(text, 'utf8').toString('base64') : xmlText(text);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<m:error xmlns:m="${METADATA}"><m:code>${code}</m:code><m:message>${shown}</m:message></m:error>`
  );
}
