import type { EntitySet } from '../../domain/edm.js';
import type { Row, Scalar } from '../../domain/row.js';
import { compileExpression } from './filter-compiler.js';
import { parseFilter } from './filter-parser.js';
import type { PathContext } from './filter-path.js';
import { odataFailure } from './odata-failure.js';

export interface SortKey {
  readonly of: (row: Row) => Scalar | undefined;
  readonly sign: 1 | -1;
}

const MAX_KEYS = 20;

/** Reads `$orderby`: expressions with `asc` or `desc`. @throws ProtocolError code 6 for a name, 14 for a form */
export function readOrder(text: string, set: EntitySet, context: PathContext): SortKey[] {
  const unknown = (segment: string) => odataFailure('segment-not-found', segment);
  const items = topLevelItems(text);
  if (items.length > MAX_KEYS) throw odataFailure('bad-format');
  return items.map((item) => {
    const [, expression, direction] = /^(.*?)(?:\s+(asc|desc))?$/s.exec(item.trim())!;
    const of = compileExpression(parseFilter(expression!), set, { ...context, unknown });
    return { of, sign: direction === 'desc' ? -1 : 1 };
  });
}

function topLevelItems(text: string): string[] {
  const items: string[] = [];
  let [start, depth, isQuoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "'") isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === ',' && depth === 0) {
      items.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...items, text.slice(start)];
}

/** Rows in order; each row's keys are worked out once. */
export function sorted(rows: readonly Row[], keys: readonly SortKey[]): Row[] {
  const keyed = rows.map((row) => ({ row, values: keys.map(({ of }) => of(row)) }));
  keyed.sort((left, right) => {
    for (const [nth, { sign }] of keys.entries()) {
      const [first, second] = [left.values[nth] ?? '', right.values[nth] ?? ''];
      if (first !== second) return first < second ? -sign : sign;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
