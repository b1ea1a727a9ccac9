import { ProtocolError } from '@poligon/emulator-kit';
import { readXml, xmlMember, xmlMembers, xmlTextOf, XmlRefused, type XmlValue } from '../xml/xml-tree.js';
import { xmlText } from '../xml/xml-text.js';
import { partsOf, type MtomParts } from './mtom.js';
import {
  SentXml,
  WrittenXml,
  type SoapMethod,
  type SoapResult,
  type SoapType,
  type SoapValue,
  type WebService,
} from './web-service.js';

export type SoapVersion = '1.1' | '1.2';

export const ENVELOPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};
export const CONTENT_TYPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml; charset=utf-8',
  '1.2': 'application/soap+xml; charset=utf-8',
};
const XSI = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** What a caller asked of a service. */
export interface SoapCall {
  readonly method: SoapMethod;
  readonly arguments: ReadonlyMap<string, SoapValue>;
}

/** SOAP 1.2 says so in its content type; everything else is 1.1. */
export function versionOf(contentType: string | undefined): SoapVersion {
  return /application\/soap\+xml/i.test(contentType ?? '') ? '1.2' : '1.1';
}

/** Reads an envelope. @throws ProtocolError `bad-envelope`, `unknown-method`, `bad-argument` */
export function readEnvelope(service: WebService, body: Buffer, contentType: string | undefined): SoapCall {
  const { root, attachments } = partsOf(body, contentType);
  const text = root.toString('utf8').replace(/^\ufeff/, '');
  const content = xmlMember(xmlMember(parsed(text), 'Envelope'), 'Body');
  const name = Object.keys(content ?? {}).find((key) => !key.startsWith('@') && key !== '#text');
  if (name === undefined) throw new ProtocolError('bad-envelope');
  const method = service.methods.get(name);
  // prefixes are dropped while reading; a call that never names the namespace is not meant for this service
  if (method === undefined || !names(text, service.namespace)) throw new ProtocolError('unknown-method', { name });
  const wrapper = xmlMembers(content, name)[0];
  const inputs = method.parameters.filter(({ direction }) => direction !== 'out');
  const values = inputs.map(({ name: parameter, type, isNillable }): [string, SoapValue] => {
    const [given] = xmlMembers(wrapper, parameter);
    const value = given === undefined || isNil(given) ? null : read(type, given, attachments);
    if (value === undefined || (value === null && !isNillable && type !== 'string')) {
      throw new ProtocolError('bad-argument', { name: parameter });
    }
    return [parameter, value];
  });
  return { method, arguments: new Map(values) };
}

function names(text: string, namespace: string): boolean {
  return text.includes(`"${namespace}"`) || text.includes(`'${namespace}'`);
}

function parsed(text: string): XmlValue {
  try {
    return readXml(text.trim());
  } catch (failure) {
    throw failure instanceof XmlRefused ? new ProtocolError('bad-envelope', { message: failure.message }) : failure;
  }
}

function isNil(element: XmlValue): boolean {
  const mark = xmlMember(element, '@nil');
  return mark === 'true' || mark === '1';
}

const READ: Readonly<Partial<Record<SoapType, (text: string) => SoapValue | undefined>>> = {
  boolean: (text) => ({ true: true, '1': true, false: false, '0': false })[text],
  int: (text) => (/^[+-]?\d{1,10}$/.test(text) ? Number(text) : undefined),
  integer: (text) => (/^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined),
  decimal: (text) => (/^[+-]?\d{1,15}(\.\d{0,10})?$/.test(text) ? Number(text) : undefined),
  base64Binary: bytesIn,
  'v8:ValueStorage': bytesIn,
  'v8:UUID': (text) => (UUID.test(text) ? text.toLowerCase() : undefined),
};

const UUID = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i;
const STRUCTURED: readonly SoapType[] = ['v8:Array', 'v8:Structure'];

function bytesIn(text: string): Buffer | undefined {
  const packed = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(packed) ? Buffer.from(packed, 'base64') : undefined;
}

/** undefined: the text is no value of that type. */
function read(type: SoapType, element: XmlValue, attachments: MtomParts): SoapValue | undefined {
  if (STRUCTURED.includes(type)) return new SentXml(element);
  const include = xmlMember(xmlMember(element, 'Include'), '@href');
  if (type === 'base64Binary' && typeof include === 'string') return attachments.get(contentId(include));
  const text = xmlTextOf(element);
  const reader = READ[type];
  return reader === undefined ? text : reader(text.trim());
}

function contentId(href: string): string {
  try {
    return decodeURIComponent(href.replace(/^cid:/, ''));
  } catch {
    return '';
  }
}

/** The answer of a method: `return`, then the Out parameters; members without a value are nil. */
export function writeAnswer({ name, namespace }: Pick<WebService, 'namespace'> & { name: string }, result: SoapResult) {
  const out = Object.entries(result.out ?? {}).map(([member, value]) => element(member, value ?? null));
  const body = `<m:${name}Response xmlns:m="${namespace}">${element('return', result.returns)}${out.join('')}</m:${name}Response>`;
  return (version: SoapVersion): string => envelope(version, body);
}

export function envelope(version: SoapVersion, body: string): string {
  const space = ENVELOPES[version];
  return `<soap:Envelope xmlns:soap="${space}"><soap:Header/><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

function element(name: string, value: SoapValue): string {
  if (value === null || value instanceof SentXml) return `<m:${name} ${XSI} xsi:nil="true"/>`;
  if (value instanceof WrittenXml) return `<m:${name} ${XSI} ${value.spaces}>${value.xml}</m:${name}>`;
  const text = Buffer.isBuffer(value) ? value.toString('base64') : xmlText(String(value));
  return `<m:${name} ${XSI}>${text}</m:${name}>`;
}
