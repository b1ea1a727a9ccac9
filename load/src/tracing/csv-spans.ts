import { hash32 } from '../engine/random.js';
import { isExternal } from './part.js';
import { cut, type SpanKind, type TraceSpan } from './trace-span.js';

/** A line that cannot be read; the message names the line, the column and the rule. */
export class CsvSpanError extends Error {
  override readonly name = 'CsvSpanError';
}

/** Columns of an import; names on the left are fixed, what they are called in a file may be told. */
export const CSV_COLUMNS = [
  'start',
  'end',
  'durationMs',
  'name',
  'service',
  'subject',
  'traceId',
  'spanId',
  'parentId',
  'error',
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

export interface CsvImport {
  /** Header names of a file for the columns above; those left out have the same name. */
  readonly columns?: Partial<Record<CsvColumn, string>>;
  /** Service of rows that name none. */
  readonly service: string;
  /** True: the rows are statements of the service's database, a part of its own in critical paths. */
  readonly isDatabase?: boolean | undefined;
}

const MAX_ROWS = 1_000_000;

/**
 * Reads spans from CSV (RFC 4180, comma or semicolon): lines of a log or rows of a database with a start, an end or a duration, and either a trace id or
 * the person they concern. Times are ISO 8601 or epoch milliseconds; without a zone they are UTC. Throws CsvSpanError.
 */
export function readCsvSpans(text: string, { columns = {}, service, isDatabase = false }: CsvImport): TraceSpan[] {
  const rows = parseCsv(text);
  const header = rows.shift();
  if (header === undefined) throw new CsvSpanError('line 1: a header is required');
  const places = new Map(CSV_COLUMNS.map((column) => [column, header.indexOf(columns[column] ?? column)]));
  if (places.get('start') === -1) throw new CsvSpanError(`line 1: column ${columns.start ?? 'start'} is required`);
  if (places.get('end') === -1 && places.get('durationMs') === -1)
    throw new CsvSpanError('line 1: column end or durationMs is required');
  if (rows.length > MAX_ROWS) throw new CsvSpanError(`more than ${MAX_ROWS} rows`);
  // Rows of two files must not get the same ids.
  const file = hash32(text).toString(16).padStart(8, '0');
  return rows.map((row, at) => spanOf({ row, line: at + 2, file, places, service, isDatabase }));
}

interface CsvRow {
  readonly row: readonly string[];
  readonly line: number;
  readonly file: string;
  readonly places: ReadonlyMap<CsvColumn, number>;
  readonly service: string;
  readonly isDatabase: boolean;
}

function spanOf(csv: CsvRow): TraceSpan {
  const field = (column: CsvColumn) => csv.row[csv.places.get(column) ?? -1]?.trim() ?? '';
  const { line, file } = csv;
  const startMs = timeOf(field('start'), line, 'start');
  const duration = field('durationMs');
  const endMs = duration === '' ? timeOf(field('end'), line, 'end') : startMs + Number(duration);
  if (!(endMs >= startMs)) throw new CsvSpanError(`line ${line}: end must not be before start`);
  const service = field('service') || csv.service;
  const kind: SpanKind = csv.isDatabase ? 'client' : isExternal(service) ? 'server' : 'internal';
  const span: TraceSpan = {
    // Rows of no trace each stand for themselves: they are matched by person.
    traceId: field('traceId').toLowerCase() || madeId(file, line, 32),
    spanId: field('spanId').toLowerCase() || madeId(file, line, 16),
    service,
    name: cut(field('name') || 'imported'),
    kind,
    startMs,
    endMs,
    attributes: { 'poligon.imported': true, ...(csv.isDatabase ? { 'db.system.name': 'other_sql' } : {}) },
  };
  return withOptional(span, { parentId: field('parentId'), error: field('error'), subject: field('subject') });
}

/** Empty fields are absent. */
function withOptional(span: TraceSpan, { parentId, error, subject }: Record<'parentId' | 'error' | 'subject', string>) {
  if (parentId !== '') span.parentId = parentId.toLowerCase();
  if (error !== '') span.error = cut(error);
  if (subject !== '') span.attributes['poligon.subject'] = subject;
  return span;
}

function madeId(file: string, line: number, digits: number): string {
  return `${file}${line.toString(16).padStart(digits - 8, '0')}`;
}

function timeOf(text: string, line: number, column: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  const ms = Date.parse(hasZone ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) throw new CsvSpanError(`line ${line}: ${column} must be ISO 8601 or epoch milliseconds`);
  return ms;
}

function unquoted([, quoted, plain = '']: RegExpExecArray): string {
  return quoted?.replaceAll('""', '"') ?? plain;
}

/** Rows of fields; quotes may hold separators, line ends and doubled quotes. */
function parseCsv(text: string): string[][] {
  const separator = /^[^\n]*;/.test(text) ? ';' : ',';
  const rows: string[][] = [];
  const fields = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  let row: string[] = [];
  while (fields.lastIndex < text.length) {
    const found = fields.exec(text);
    if (found === null)
      throw new CsvSpanError(`line ${rows.length + 1}: a quote is not closed or stands within a field`);
    row.push(unquoted(found));
    if (found[3] === separator) continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
