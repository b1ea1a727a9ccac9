/** An attribute with its namespace resolved; `xmlns` declarations are not attributes here. */
export interface XmlAttribute {
  readonly prefix: string;
  readonly local: string;
  /** Empty for an attribute without a prefix. */
  readonly namespace: string;
  readonly value: string;
}

/** An element of a document as Canonical XML sees it: comments are gone, text is decoded. */
export interface XmlElement {
  readonly prefix: string;
  readonly local: string;
  /** Empty for an element in no namespace. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  /** Place of its `<` in the text that was read. */
  readonly start: number;
  /** Place of the `<` of its closing tag; of `/>` when it has none. */
  readonly closing: number;
  /** Place behind its last `>`. */
  readonly end: number;
}

/** Text or an element. */
export type XmlNode = XmlElement | string;

/** Elements of that name directly inside; any namespace unless one is given. */
export function xmlChildren(parent: XmlElement, local: string, namespace?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement =>
      typeof child !== 'string' && child.local === local && (namespace === undefined || child.namespace === namespace),
  );
}

/** The first of them. */
export const xmlChild = (parent: XmlElement, local: string, namespace?: string): XmlElement | undefined =>
  xmlChildren(parent, local, namespace)[0];

/** Text directly inside an element. */
export const xmlContent = (element: XmlElement): string =>
  element.children.filter((child) => typeof child === 'string').join('');

/** Value of an attribute without a prefix. */
export const xmlAttributeOf = (element: XmlElement, local: string): string | undefined =>
  element.attributes.find((attribute) => attribute.local === local && attribute.prefix === '')?.value;
