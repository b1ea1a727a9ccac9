import { XMLParser } from 'fast-xml-parser';
import { odataFailure } from './odata-failure.js';

/** Members of an object as a caller sent them; tabular parts are arrays of such. */
export type SentObject = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 40;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
});

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
  if (text.includes('<!') || depthOf(text) > MAX_DEPTH) throw odataFailure('invalid-xml');
  const properties = member(member(member(parsed(text), 'entry'), 'content'), 'properties');
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
    return parser.parse(text);
  } catch {
    throw odataFailure('invalid-xml');
  }
}

/** Deepest nesting of elements, counted in one pass without building anything. */
export function depthOf(text: string): number {
  let [depth, deepest, at] = [0, 0, text.indexOf('<')];
  while (at >= 0) {
    const close = text.indexOf('>', at);
    if (close < 0) break;
    const next = text.charCodeAt(at + 1);
    if (next === 0x2f) depth -= 1;
    else if (next !== 0x3f && next !== 0x21 && text.charCodeAt(close - 1) !== 0x2f) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    }
    at = text.indexOf('<', close);
  }
  return deepest;
}

function member(parent: unknown, name: string): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, name)) return undefined;
  return (parent as Record<string, unknown>)[name];
}

function members(properties: unknown): SentObject {
  const found: Record<string, unknown> = {};
  if (typeof properties !== 'object' || properties === null) return found;
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('@') || name === '#text') continue;
    const element = member(value, 'element');
    found[name] = element === undefined ? textOf(value) : [element].flat().map(members);
  }
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text of an element; only the five entities of XML itself are known. */
function textOf(value: unknown): unknown {
  if (typeof value !== 'string') {
    const text = member(value, '#text');
    if (text !== undefined) return textOf(text);
    return member(value, '@null') === 'true' ? undefined : '';
  }
  return value.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
