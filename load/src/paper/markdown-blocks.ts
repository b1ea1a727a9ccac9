import { lexer } from 'marked';
import type { MarkedToken, Token, Tokens } from 'marked';
import type { Block, Run, Text } from './block.js';

/** Markdown of an editable text as blocks of a document: paragraphs, headings, lists, tables, code. `level` is that of its `#`. */
export function markdownBlocks(markdown: string, level: 2 | 3 = 2): Block[] {
  return lexer(markdown, { gfm: true }).flatMap((token) => blockOf(token as MarkedToken, level));
}

function blockOf(token: MarkedToken, level: 2 | 3): Block[] {
  switch (token.type) {
    case 'heading': {
      const depth = Math.min(3, level + token.depth - 1) as 2 | 3;
      return [{ kind: 'heading', level: depth, text: plainOf(token.tokens), isNumbered: true }];
    }
    case 'paragraph':
    case 'blockquote':
      return [{ kind: 'paragraph', text: runsOf(token.tokens), look: token.type === 'blockquote' ? 'note' : 'plain' }];
    case 'list':
      return [{ kind: 'list', isOrdered: token.ordered, items: token.items.map((item) => runsOf(item.tokens)) }];
    case 'table':
      return [tableOf(token)];
    case 'code':
      return [{ kind: 'code', text: token.text }];
    default:
      return [];
  }
}

function tableOf(token: Tokens.Table): Block {
  return {
    kind: 'table',
    caption: '',
    columns: token.header.map((cell, at) => ({
      title: plainOf(cell.tokens),
      width: 1,
      align: token.align[at] ?? 'left',
    })),
    rows: token.rows.map((cells) => ({ cells: cells.map((cell) => ({ text: runsOf(cell.tokens) })) })),
  };
}

function plainOf(tokens: readonly Token[]): string {
  return runsOf(tokens)
    .map((run) => run.text)
    .join('');
}

function runsOf(tokens: readonly Token[] | undefined, look: Omit<Run, 'text'> = {}): Run[] {
  return (tokens ?? []).flatMap((token) => runOf(token as MarkedToken, look));
}

function runOf(token: MarkedToken, look: Omit<Run, 'text'>): Text & Run[] {
  switch (token.type) {
    case 'strong':
      return runsOf(token.tokens, { ...look, isBold: true });
    case 'em':
      return runsOf(token.tokens, { ...look, isItalic: true });
    case 'codespan':
      return [{ ...look, text: token.text, isCode: true }];
    case 'br':
      return [{ ...look, text: ' ' }];
    case 'link':
      return [...runsOf(token.tokens, look), { ...look, text: ` (${token.href})` }];
    case 'checkbox':
      return [{ ...look, text: token.checked ? '☑ ' : '☐ ' }];
    default:
      return nested(token, look);
  }
}

function nested(token: MarkedToken, look: Omit<Run, 'text'>): Run[] {
  if ('tokens' in token && token.tokens && token.tokens.length > 0) return runsOf(token.tokens, look);
  return 'text' in token ? [{ ...look, text: decoded(String(token.text)) }] : [];
}

/** Marked escapes text for HTML; documents want the characters. */
function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
