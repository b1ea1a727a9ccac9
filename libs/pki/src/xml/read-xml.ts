import { PkiError } from '../pki.errors.js';
import type { XmlAttribute, XmlElement, XmlNode } from './xml-tree.js';

export interface XmlLimits {
  maxDepth?: number;
  /** Elements, attributes and pieces of text together. */
  maxNodes?: number;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';
/** Letters of any script; XML 1.0 has a list of ranges that comes to the same. */
const NC_NAME = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_.\\-·]{0,199}';
const NAME = `(?:(${NC_NAME}):)?(${NC_NAME})`;
const OPENING = new RegExp(`<${NAME}`, 'yu');
const ATTRIBUTE = new RegExp(`[ \\t\\n]+${NAME}[ \\t\\n]*=[ \\t\\n]*(?:"([^<"]*)"|'([^<']*)')`, 'yu');
const TAG_END = /[ \t\n]*(\/?)>/y;
const CLOSING = new RegExp(`</${NAME}[ \\t\\n]*>`, 'yu');
const DECLARATION = /^\ufeff?(?:<\?xml[ \t\n][^<>?]{0,200}\?>)?/;
/** Characters XML 1.0 cannot carry, surrogates that stand alone among them. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));|&/g;
/** Declared at one place; every element with declarations copies those around it. */
const MAX_PREFIXES = 100;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const malformed = (why: string): PkiError => new PkiError('malformed', `XML: ${why}`);

/** An element whose end has not come yet. */
interface Open extends Omit<XmlElement, 'children' | 'closing' | 'end'> {
  readonly children: XmlNode[];
  readonly scope: ReadonlyMap<string, string>;
}

type RawAttribute = readonly [prefix: string, local: string, value: string];

/**
 * Reads a document of a stranger's into a tree that can be canonicalized and checked. Namespaces are resolved; document types,
 * entities of its own and processing instructions are refused, comments are left out, CDATA becomes text.
 * @throws PkiError `malformed`, `limit-exceeded`
 */
export function readXml(text: string, limits: XmlLimits = {}): XmlElement {
  // XML 1.0 2.11: line ends are one character wherever they stand.
  return new Reader(text.replace(/\r\n?/g, '\n'), limits).read();
}

class Reader {
  private at = 0;
  private nodes = 0;
  private readonly open: Open[] = [];
  private root: XmlElement | undefined;
  private readonly maxDepth: number;
  private readonly maxNodes: number;

  constructor(
    private readonly text: string,
    { maxDepth = 40, maxNodes = 50_000 }: XmlLimits,
  ) {
    this.maxDepth = maxDepth;
    this.maxNodes = maxNodes;
  }

  read(): XmlElement {
    const { text } = this;
    if (ILLEGAL.test(text)) throw malformed('a character that XML cannot carry');
    this.at = DECLARATION.exec(text)?.[0].length ?? 0;
    while (this.at < text.length) {
      if (text.charCodeAt(this.at) === 0x3c) this.markup();
      else this.characters();
    }
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) throw malformed(`element ${unclosed.local} does not end`);
    if (this.root === undefined) throw malformed('there is no element');
    return this.root;
  }

  private markup(): void {
    const { text, at } = this;
    if (text.startsWith('</', at)) return this.close();
    if (text.startsWith('<!--', at)) return void this.upTo('-->', 4);
    if (text.startsWith('<![CDATA[', at)) return this.addText(this.upTo(']]>', 9));
    if (text.startsWith('<!', at)) throw malformed('document types are not accepted');
    if (text.startsWith('<?', at)) throw malformed('processing instructions are not accepted');
    this.begin();
  }

  /** What stands between a mark of `skip` characters and `end`. */
  private upTo(end: string, skip: number): string {
    const found = this.text.indexOf(end, this.at + skip);
    if (found < 0) throw malformed('a comment or CDATA section does not end');
    const inside = this.text.slice(this.at + skip, found);
    if (end === '-->' && inside.includes('--')) throw malformed('two hyphens in a comment');
    this.at = found + end.length;
    return inside;
  }

  private characters(): void {
    const next = this.text.indexOf('<', this.at);
    const raw = this.text.slice(this.at, next < 0 ? undefined : next);
    if (raw.includes(']]>')) throw malformed('"]]>" outside of CDATA');
    this.at += raw.length;
    if (this.open.length > 0) this.addText(decoded(raw));
    else if (/[^ \t\n]/.test(raw)) throw malformed('text outside of the root element');
  }

  private addText(text: string): void {
    const parent = this.open.at(-1);
    if (parent === undefined) throw malformed('text outside of the root element');
    if (text === '') return;
    this.count();
    parent.children.push(text);
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  private begin(): void {
    const start = this.at;
    const opening = this.match(OPENING);
    if (opening === undefined) throw malformed('not a tag');
    if (this.root !== undefined && this.open.length === 0) throw malformed('more than one root element');
    if (this.open.length >= this.maxDepth) {
      throw new PkiError('limit-exceeded', `XML: deeper than ${this.maxDepth} elements`);
    }
    const raw = this.rawAttributes();
    const tagEnd = this.match(TAG_END);
    if (tagEnd === undefined) throw malformed('a tag does not end, or holds what is no attribute');
    this.count();
    const [, prefix = '', local] = opening;
    const scope = inScope(this.open.at(-1)?.scope ?? new Map([['xml', XML_NAMESPACE]]), raw);
    const names = { prefix, local: local!, namespace: namespaceOf(scope, prefix) };
    this.open.push({ ...names, attributes: attributesOf(raw, scope), children: [], start, scope });
    if (tagEnd[1] === '/') this.end(this.at - 2);
  }

  private rawAttributes(): RawAttribute[] {
    const raw: RawAttribute[] = [];
    for (let found = this.match(ATTRIBUTE); found !== undefined; found = this.match(ATTRIBUTE)) {
      this.count();
      const [, prefix = '', local, double, single] = found;
      // XML 1.0 3.3.3: white space in an attribute is a space, unless written as a reference.
      raw.push([prefix, local!, decoded((double ?? single ?? '').replace(/[\t\n]/g, ' '))]);
    }
    return raw;
  }

  private close(): void {
    const closing = this.at;
    const found = this.match(CLOSING);
    const current = this.open.at(-1);
    const isOwn = found !== undefined && current?.prefix === (found[1] ?? '') && current.local === found[2];
    if (!isOwn) throw malformed('a closing tag without its element');
    this.end(closing);
  }

  private end(closing: number): void {
    const { prefix, local, namespace, attributes, children, start } = this.open.pop()!;
    const whole: XmlElement = { prefix, local, namespace, attributes, children, start, closing, end: this.at };
    const parent = this.open.at(-1);
    if (parent === undefined) this.root = whole;
    else parent.children.push(whole);
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > this.maxNodes) throw new PkiError('limit-exceeded', `XML: more than ${this.maxNodes} nodes`);
  }
}

const isDeclaration = ([prefix, local]: RawAttribute): boolean =>
  prefix === 'xmlns' || (prefix === '' && local === 'xmlns');

function inScope(outer: ReadonlyMap<string, string>, raw: readonly RawAttribute[]): ReadonlyMap<string, string> {
  const declarations = raw.filter(isDeclaration);
  if (declarations.length === 0) return outer;
  const scope = new Map(outer);
  if (scope.size + declarations.length > MAX_PREFIXES) {
    throw new PkiError('limit-exceeded', `XML: more than ${MAX_PREFIXES} namespace prefixes`);
  }
  for (const [prefix, local, uri] of declarations) {
    const name = prefix === '' ? '' : local;
    const isReserved = name === 'xmlns' || uri === XMLNS_NAMESPACE || (name === 'xml') !== (uri === XML_NAMESPACE);
    if (isReserved || (name !== '' && uri === '')) throw malformed(`prefix ${name} may not be declared so`);
    scope.set(name, uri);
  }
  return scope;
}

function namespaceOf(scope: ReadonlyMap<string, string>, prefix: string): string {
  const found = scope.get(prefix);
  if (found === undefined && prefix !== '') throw malformed(`prefix ${prefix} is not declared`);
  return found ?? '';
}

function attributesOf(raw: readonly RawAttribute[], scope: ReadonlyMap<string, string>): XmlAttribute[] {
  const seen = new Set<string>();
  return raw.flatMap((one) => {
    const [prefix, local, value] = one;
    const isName = isDeclaration(one);
    const namespace = isName || prefix === '' ? '' : namespaceOf(scope, prefix);
    const key = isName ? `xmlns ${prefix} ${local}` : `${namespace} ${local}`;
    if (seen.has(key)) throw malformed(`attribute ${local} is repeated`);
    seen.add(key);
    return isName ? [] : [{ prefix, local, namespace, value }];
  });
}

/** Only character references and the five entities of XML itself are known. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name]!;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && !ILLEGAL.test(String.fromCodePoint(code));
    if (!isCharacter) throw malformed('a reference to no known character');
    return String.fromCodePoint(code);
  });
}
