import type { Scalar } from '../../domain/row.js';
import type { ValueType } from './filter-node.js';
import { guidOf, momentOf } from './literal.js';
import { odataFailure, odataFailureText } from './odata-failure.js';

/** Longest expression that is read, characters. */
export const MAX_FILTER_LENGTH = 32_768;

export type FilterToken =
  | { readonly kind: 'literal'; readonly type: ValueType; readonly value: Scalar; readonly at: number }
  | { readonly kind: 'word' | 'sign'; readonly text: string; readonly at: number };

const TOKEN =
  /\s*(?:(guid|datetime|datetimeoffset)?'((?:[^']|'')*)'|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)[lLdDmMfF]?(?![\p{L}\d_])|([\p{L}_][\p{L}\d_]*)|([(),/:-]))/uy;
const KEYWORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Words, signs and literals of an expression. @throws ProtocolError code 14 at the first character that is none, 1 for a bad literal */
export function filterTokens(text: string): FilterToken[] {
  if (text.length > MAX_FILTER_LENGTH) throw odataFailure('bad-filter');
  const tokens: FilterToken[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw odataFailureText('bad-filter', badCharacter(at));
    tokens.push(tokenOf(found, at));
  }
  return tokens;
}

function badCharacter(at: number): string {
  return `Ошибка при разборе опции запроса $filter. Позиция: ${at + 1}`;
}

function tokenOf([, prefix, quoted, number, word, sign]: RegExpExecArray, at: number): FilterToken {
  if (quoted !== undefined) return quotedLiteral(prefix, quoted.replaceAll("''", "'"), at);
  if (number !== undefined) return { kind: 'literal', type: 'Number', value: Number(number), at };
  if (word === undefined) return { kind: 'sign', text: sign!, at };
  if (Object.hasOwn(KEYWORDS, word)) return { kind: 'literal', type: 'Boolean', value: KEYWORDS[word]!, at };
  return { kind: 'word', text: word, at };
}

function quotedLiteral(prefix: string | undefined, text: string, at: number): FilterToken {
  if (prefix === undefined) return { kind: 'literal', type: 'String', value: text, at };
  if (prefix === 'guid') return { kind: 'literal', type: 'Guid', value: guidOf(text), at };
  return { kind: 'literal', type: 'Date', value: momentOf(text), at };
}
