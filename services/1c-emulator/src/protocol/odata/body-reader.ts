import { readXml, xmlMember, xmlMembers, xmlTextOf, XmlRefused } from '../xml/xml-tree.js';
import { odataFailure } from './odata-failure.js';

/** Members of an object as a caller sent them; tabular parts are arrays of such. */
export type SentObject = Readonly<Record<string, unknown>>;

/** Reads a body of POST, PATCH or PUT: JSON, or an Atom entry. @throws ProtocolError code -1 for what is neither */
export function readBody(body: unknown): SentObject {
  if (Buffer.isBuffer(body)) return atomEntry(body);
  if (body === undefined) return {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw odataFailure('invalid-json');
  return body as SentObject;
}

function atomEntry(body: Buffer): SentObject {
  const text = body
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return {};
  if (text.startsWith('{')) return jsonObject(text);
  const properties = xmlMember(xmlMember(xmlMember(parsed(text), 'entry'), 'content'), 'properties');
  if (properties === undefined) throw odataFailure('invalid-xml');
  return members(properties);
}

/** JSON under a content type that does not say so. */
function jsonObject(text: string): SentObject {
  try {
    return JSON.parse(text) as SentObject;
  } catch {
    throw odataFailure('invalid-json');
  }
}

function parsed(text: string): unknown {
  try {
    return readXml(text);
  } catch (failure) {
    throw failure instanceof XmlRefused ? odataFailure('invalid-xml') : failure;
  }
}

function members(properties: unknown): SentObject {
  const found: Record<string, unknown> = {};
  if (typeof properties !== 'object' || properties === null) return found;
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('@') || name === '#text') continue;
    const elements = xmlMembers(value, 'element');
    found[name] = elements.length > 0 ? elements.map(members) : given(value);
  }
  return found;
}

/** undefined for what is marked as null. */
function given(value: unknown): string | undefined {
  return xmlMember(value, '@null') === 'true' ? undefined : xmlTextOf(value);
}
