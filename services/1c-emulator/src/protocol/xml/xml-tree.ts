import { XMLParser } from 'fast-xml-parser';

/** Text that is no XML, or XML beyond what a stranger may send: a document type, entities of its own, comments, too deep. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

/** A parsed element: text, or members by local name with attributes under `@name`; repeated members are arrays. */
export type XmlValue = unknown;

export const MAX_XML_DEPTH = 40;
/** Longest reference that is looked for, e.g. `&#x10FFFF;`. */
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
});

/** Reads a document with a root element. @throws XmlRefused */
export function readXml(text: string): Readonly<Record<string, XmlValue>> {
  if (text.includes('<!')) throw new XmlRefused('document type, comment or CDATA');
  const { deepest, open } = depthOf(text);
  if (deepest > MAX_XML_DEPTH) throw new XmlRefused(`deeper than ${MAX_XML_DEPTH}`);
  if (open !== 0) throw new XmlRefused('elements do not close');
  try {
    return parser.parse(text) as Record<string, XmlValue>;
  } catch {
    throw new XmlRefused('not well-formed');
  }
}

/** Deepest nesting of elements and how many stay open at the end, counted in one pass without building anything. */
export function depthOf(text: string): { readonly deepest: number; readonly open: number } {
  let [depth, deepest, at] = [0, 0, text.indexOf('<')];
  while (at >= 0) {
    const close = tagEnd(text, at);
    if (close < 0) return { deepest, open: depth + 1 };
    const next = text.charCodeAt(at + 1);
    if (next === 0x2f) depth -= 1;
    else if (next !== 0x3f && next !== 0x21 && text.charCodeAt(close - 1) !== 0x2f) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    }
    at = text.indexOf('<', close);
  }
  return { deepest, open: depth };
}

/** Place of the `>` that ends the tag at `at`; quoted ones do not. -1 when it does not end. */
export function tagEnd(text: string, at: number): number {
  for (let place = at + 1; place < text.length; place += 1) {
    const sign = text.charCodeAt(place);
    if (sign === 0x3e) return place;
    if (sign !== 0x22 && sign !== 0x27) continue;
    place = text.indexOf(sign === 0x22 ? '"' : "'", place + 1);
    if (place < 0) return -1;
  }
  return -1;
}

/** Member of an element; undefined when there is none. */
export function xmlMember(parent: XmlValue, name: string): XmlValue {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, name)) return undefined;
  return (parent as Record<string, XmlValue>)[name];
}

/** Members of that name, however many. */
export function xmlMembers(parent: XmlValue, name: string): readonly XmlValue[] {
  const found = xmlMember(parent, name);
  return found === undefined ? [] : [found].flat();
}

/** Text of an element, empty when it has none; a repeated element gives that of its first. */
export function xmlTextOf(value: XmlValue): string {
  if (typeof value === 'string') return decoded(value);
  if (Array.isArray(value)) return xmlTextOf(value[0]);
  const text = xmlMember(value, '#text');
  return typeof text === 'string' ? decoded(text) : '';
}

/** Only character references and the five entities of XML itself are known. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name]!;
    const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
