import type { Numbers } from '../report/texts.js';
import type { Block } from './block.js';
import { columns, row } from './block.js';

/** A load profile as documents show it. */
export interface PaperProfile {
  caption: string;
  /** Of number, title, script, operations per hour and limit. */
  titles: readonly string[];
  /** Word for the last row. */
  total: string;
  numbers: Numbers;
  rates: readonly { operation: string; title: string; perHour: number; limitMs: number }[];
}

/** Table «Профиль»: operations per hour at 100 % and SLA in seconds. */
export function profileTable({ caption, titles, total, numbers, rates }: PaperProfile): Block {
  const rows = rates.map(({ operation, title, perHour, limitMs }, at) =>
    row(String(at + 1), title, operation, numbers.integer(perHour), numbers.decimal(limitMs / 1000)),
  );
  const sum = rates.reduce((all, { perHour }) => all + perHour, 0);
  const [number, name, script, rate, limit] = titles as [string, string, string, string, string];
  return {
    kind: 'table',
    caption,
    columns: columns([number, 0.5, 'right'], [name, 4], [script, 2], [rate, 2, 'right'], [limit, 1, 'right']),
    rows: [...rows, { ...row('', total, '', numbers.integer(sum), ''), tone: 'total' }],
  };
}
