import type { XmlAttribute, XmlElement } from './xml-tree.js';

/** Algorithm URI of what `canonicalXml` makes. */
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const VALUE: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '"': '&quot;' },
  ...{ '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' },
};

/** Text as element content. */
export const xmlEscape = (text: string): string => text.replace(/[&<>\r]/g, (sign) => TEXT[sign]!);
/** Text as the value of an attribute in double quotes. */
export const xmlEscapeAttribute = (text: string): string => text.replace(/[&<"\t\n\r]/g, (sign) => VALUE[sign]!);

const qualified = (prefix: string, local: string): string => (prefix === '' ? local : `${prefix}:${local}`);
const byCodePoint = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

/**
 * Exclusive XML Canonicalization 1.0 without comments of an element and what is inside.
 * @param without an element to leave out: the signature itself (XMLDSig 6.6.4)
 */
export function canonicalXml(element: XmlElement, without?: XmlElement): string {
  const written: string[] = [];
  write(element, new Map(), written, without);
  return written.join('');
}

function write(
  element: XmlElement,
  rendered: ReadonlyMap<string, string>,
  into: string[],
  without: XmlElement | undefined,
): void {
  const declared = declarations(element, rendered);
  const inside = declared.length === 0 ? rendered : new Map([...rendered, ...declared]);
  const name = qualified(element.prefix, element.local);
  into.push(`<${name}`);
  for (const [prefix, uri] of declared) {
    into.push(` xmlns${prefix === '' ? '' : `:${prefix}`}="${xmlEscapeAttribute(uri)}"`);
  }
  for (const { prefix, local, value } of [...element.attributes].sort(byName)) {
    into.push(` ${qualified(prefix, local)}="${xmlEscapeAttribute(value)}"`);
  }
  into.push('>');
  for (const child of element.children) {
    if (typeof child === 'string') into.push(xmlEscape(child));
    else if (child !== without) write(child, inside, into, without);
  }
  into.push(`</${name}>`);
}

/** Prefixes an element or its attributes use, where no element around has rendered them so already (section 3 of the recommendation). */
function declarations(
  { prefix, namespace, attributes }: XmlElement,
  rendered: ReadonlyMap<string, string>,
): [string, string][] {
  const used = new Map([[prefix, namespace]]);
  for (const attribute of attributes) if (attribute.prefix !== '') used.set(attribute.prefix, attribute.namespace);
  used.delete('xml');
  return [...used]
    .filter(([name, uri]) => (rendered.get(name) ?? (name === '' ? '' : undefined)) !== uri)
    .sort(([left], [right]) => byCodePoint(left, right));
}

const byName = (left: XmlAttribute, right: XmlAttribute): number =>
  byCodePoint(left.namespace, right.namespace) || byCodePoint(left.local, right.local);
