import { tagEnd, XmlRefused } from '../xml/xml-tree.js';

/** An element of a message with everything in it, still as text. */
export interface Fragment {
  /** Local name. */
  readonly name: string;
  readonly parent: string;
  readonly text: string;
}

const MAX_FRAGMENT_CHARS = 1_000_000;
const MAX_DEPTH = 60;

/**
 * Walks through a message and gives its header and the objects of its body one by one, so that a large message is never a tree of objects.
 * @throws XmlRefused for what is no XML: tags that do not close, document types, comments, CDATA, an object beyond the limit
 */
export function* fragments(text: string): Generator<Fragment> {
  if (text.includes('<!')) throw new XmlRefused('document type, comment or CDATA');
  const names: string[] = [];
  let start = -1;
  for (const { tag, at, end } of tags(text)) {
    const before = names.length;
    follow(tag, names);
    const wanted = wantedDepth(names, tag);
    if (names.length > before && names.length === wanted) start = at;
    const isOver = names.length < before && names.length === wanted - 1;
    if (start < 0 || !isOver) continue;
    yield { name: nameOf(tag), parent: names.at(-1) ?? '', text: fragment(text, start, end) };
    start = -1;
  }
  if (names.length > 0) throw new XmlRefused('elements do not close');
}

function fragment(text: string, start: number, end: number): string {
  if (end - start > MAX_FRAGMENT_CHARS) throw new XmlRefused('an object is too large');
  return text.slice(start, end + 1);
}

/** Tags one after another, without processing instructions. */
function* tags(text: string): Generator<{ readonly tag: string; readonly at: number; readonly end: number }> {
  for (let at = text.indexOf('<'); at >= 0;) {
    const end = tagEnd(text, at);
    if (end < 0) throw new XmlRefused('a tag does not end');
    const tag = text.slice(at, end + 1);
    if (!tag.startsWith('<?')) yield { tag, at, end };
    at = text.indexOf('<', end);
  }
}

/** Keeps the names of the elements that are open; an element without content opens and closes at once, so it is left alone. */
function follow(tag: string, names: string[]): void {
  if (tag.startsWith('</')) {
    if (names.pop() !== nameOf(tag)) throw new XmlRefused('elements do not nest');
  } else if (!tag.endsWith('/>')) {
    names.push(nameOf(tag));
    if (names.length > MAX_DEPTH) throw new XmlRefused(`deeper than ${MAX_DEPTH}`);
  }
}

/** Depth at which fragments lie: the header below the message, objects below the body. */
function wantedDepth(names: readonly string[], tag: string): number {
  const isHeader = names[1] === 'Header' || (names.length === 1 && nameOf(tag) === 'Header');
  return isHeader ? 2 : 3;
}

function nameOf(tag: string): string {
  const name = /^<\/?(?:[^\s:/>]+:)?([^\s/>]+)/.exec(tag)?.[1];
  if (name === undefined) throw new XmlRefused('an element has no name');
  return name;
}
