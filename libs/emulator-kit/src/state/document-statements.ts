import type { Statement } from './database.js';
import type { DocumentQuery } from './document.store.js';
import { storedText } from './stored-text.js';

/** A document on its way to the table. */
export interface WrittenDocument {
  readonly key: string;
  readonly json: string;
  readonly expiresAtMs: number | undefined;
  /** In the order of the declared columns. */
  readonly columns: readonly (string | undefined)[];
}

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** The statements of one table of documents. Times are parameters, so that the emulator's clock decides what has expired. */
export class DocumentStatements {
  private readonly table: string;
  private readonly own: readonly string[];

  constructor(
    readonly name: string,
    private readonly columns: readonly string[],
  ) {
    const parts = name.split('.');
    if (parts.length !== 2 || ![...parts, ...columns].every((part) => NAME.test(part)))
      throw new Error(`${name}: must be <schema>.<table>, names of small letters, digits and underscores`);
    this.table = parts.map((part) => `"${part}"`).join('.');
    this.own = columns.map((column) => `"${column}"`);
  }

  /** Adds or replaces; an expired document is replaced by a new one at a new place. */
  put(rows: readonly WrittenDocument[], nowMs: number): Statement {
    return this.insert('put', rows, nowMs, 'RETURNING "key", "revision"');
  }

  /** Adds where nothing living is; returns the keys that were added. */
  add(rows: readonly WrittenDocument[], nowMs: number): Statement {
    return this.insert('add', rows, nowMs, 'WHERE d."expires_at_ms" <= $3 RETURNING "key"');
  }

  find(keys: readonly string[], nowMs: number): Statement {
    return {
      name: `${this.name} find`,
      text: `SELECT "key", "document", "revision" FROM ${this.table} WHERE "key" = ANY($1::text[]) AND ${living('$2')}`,
      values: [keys.map(storedText), nowMs],
    };
  }

  /** Removes, expired ones too, and returns those that lived. */
  take(keys: readonly string[], nowMs: number): Statement {
    return {
      name: `${this.name} take`,
      text:
        `DELETE FROM ${this.table} WHERE "key" = ANY($1::text[]) ` +
        `RETURNING "key", CASE WHEN ${living('$2')} THEN "document" END AS "document"`,
      values: [keys.map(storedText), nowMs],
    };
  }

  /** Replaces a document of a known revision. */
  replace(row: WrittenDocument, revision: number, nowMs: number): Statement {
    const own = this.own.map((column, at) => `, ${column} = $${at + 6}`).join('');
    return {
      name: `${this.name} replace`,
      text:
        `UPDATE ${this.table} SET "document" = $1::json, "expires_at_ms" = $2, "changed_at_ms" = $3, "revision" = "revision" + 1${own} ` +
        `WHERE "key" = $4 AND "revision" = $5 RETURNING "key"`,
      values: [row.json, row.expiresAtMs ?? null, nowMs, storedText(row.key), revision, ...stored(row.columns)],
    };
  }

  list({ where = {}, after, order = 'oldest', limit }: DocumentQuery, nowMs: number): Statement {
    const { text, values } = this.condition(where, nowMs);
    const [sign, direction] = order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
    const beyond = after === undefined ? '' : ` AND "place" ${sign} $${values.push(after)}`;
    return {
      text:
        `SELECT "key", "document", "place" FROM ${this.table} WHERE ${text}${beyond} ` +
        `ORDER BY "place" ${direction} LIMIT $${values.push(limit + 1)}`,
      values,
    };
  }

  count(where: DocumentQuery['where'], nowMs: number): Statement {
    const { text, values } = this.condition(where, nowMs);
    return { text: `SELECT count(*) AS "count" FROM ${this.table} WHERE ${text}`, values };
  }

  remove(key: string | undefined, where: DocumentQuery['where'], nowMs: number): Statement {
    const { text, values } = this.condition(where, nowMs);
    const one = key === undefined ? '' : ` AND "key" = $${values.push(storedText(key))}`;
    return { text: `DELETE FROM ${this.table} WHERE ${text}${one} RETURNING "key"`, values };
  }

  private insert(verb: string, rows: readonly WrittenDocument[], nowMs: number, ending: string): Statement {
    const own = this.own.map((column) => `, ${column}`).join('');
    const lists = this.columns.map((_, at) => `, $${at + 5}::text[]`).join('');
    const taken = ['document', 'expires_at_ms', 'changed_at_ms', ...this.columns]
      .map((column) => `"${column}" = EXCLUDED."${column}"`)
      .join(', ');
    return {
      name: `${this.name} ${verb}`,
      text:
        `INSERT INTO ${this.table} AS d ("key", "document", "expires_at_ms", "changed_at_ms"${own}) ` +
        `SELECT u."key", u."document"::json, u."expires_at_ms", $3::bigint${this.own.map((column) => `, u.${column}`).join('')} ` +
        `FROM unnest($1::text[], $2::text[], $4::bigint[]${lists}) AS u("key", "document", "expires_at_ms"${own}) ` +
        `ON CONFLICT ("key") DO UPDATE SET ${taken}, "revision" = d."revision" + 1, ` +
        `"place" = CASE WHEN d."expires_at_ms" <= $3 THEN EXCLUDED."place" ELSE d."place" END ${ending}`,
      values: [
        rows.map(({ key }) => storedText(key)),
        rows.map(({ json }) => json),
        nowMs,
        rows.map(({ expiresAtMs }) => expiresAtMs ?? null),
        ...this.columns.map((_, at) => stored(rows.map(({ columns }) => columns[at]))),
      ],
    };
  }

  private condition(where: DocumentQuery['where'] = {}, nowMs: number): { text: string; values: unknown[] } {
    const values: unknown[] = [nowMs];
    const conditions = Object.entries(where).map(([column, wanted]) => {
      if (!this.columns.includes(column)) throw new Error(`${this.name}: no column ${column}`);
      return `"${column}" = $${values.push(storedText(wanted))}`;
    });
    return { text: [living('$1'), ...conditions].join(' AND '), values };
  }
}

function living(now: string): string {
  return `("expires_at_ms" IS NULL OR "expires_at_ms" > ${now}::bigint)`;
}

function stored(texts: readonly (string | undefined)[]): readonly (string | null)[] {
  return texts.map((text) => (text === undefined ? null : storedText(text)));
}
