import { openEngine, type OpenedEngine } from '@poligon/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Field {
  readonly name: string;
  readonly dbName?: string;
  readonly type: string;
  readonly nativeType: readonly [string, readonly string[]] | null;
  readonly isRequired: boolean;
  readonly isId: boolean;
  readonly isUnique: boolean;
  readonly default?: string | number | boolean | { readonly name: string };
}

interface Model {
  readonly name: string;
  readonly dbName: string;
  readonly schema: string;
  readonly fields: readonly Field[];
  readonly primaryKey: { readonly fields: readonly string[] } | null;
}

interface Index {
  readonly model: string;
  readonly type: 'id' | 'normal' | 'unique';
  readonly fields: readonly { readonly name: string }[];
}

/** Prisma's own reader of schemas, as its editor plug-in has it: no engine to download. */
interface SchemaReader {
  validate(input: string): void;
  get_dmmf(input: string): string;
}

const ROOT = join(import.meta.dirname, '..', 'prisma');
const reader = createRequire(import.meta.url)('@prisma/prisma-schema-wasm') as SchemaReader;
const paths = ['schema.prisma', ...readdirSync(join(ROOT, 'models')).map((name) => join('models', name))];
const input = JSON.stringify({
  prismaSchema: paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
  noColor: true,
});
/** Longest name of the engine. */
const MAX_NAME = 63;

const TYPES: Readonly<Record<string, string>> = {
  BigInt: 'bigint',
  Boolean: 'boolean',
  Bytes: 'bytea',
  Float: 'double precision',
  Int: 'integer',
  Json: 'jsonb',
  'Json Json': 'json',
  String: 'text',
};

/** `schema.table.column type [not null] [default]`, as the models say. */
function columnsOfModels(models: readonly Model[]): string[] {
  return models.flatMap(({ schema, dbName, fields }) =>
    fields.map((field) => {
      const type = TYPES[[field.type, field.nativeType?.[0]].filter(Boolean).join(' ')];
      if (type === undefined) throw new Error(`${dbName}.${field.name}: type ${field.type} is not known to this test`);
      const given = field.default;
      const value = typeof given === 'object' ? `${given.name}()` : given;
      const words = [type, field.isRequired ? 'not null' : '', given === undefined ? '' : `default ${String(value)}`];
      return [`${schema}.${dbName}.${field.dbName ?? field.name}`, ...words].filter((word) => word !== '').join(' ');
    }),
  );
}

/** `schema.table: name on (columns)`, as the models say. */
function indexesOfModels(models: readonly Model[], indexes: readonly Index[]): string[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  return indexes.map(({ model: name, type, fields }) => {
    const { schema, dbName, fields: all } = byName.get(name)!;
    const columns = fields.map((field) => {
      const { name: own, dbName: mapped } = all.find((candidate) => candidate.name === field.name)!;
      return mapped ?? own;
    });
    const ending = { id: 'pkey', normal: `${columns.join('_')}_idx`, unique: `${columns.join('_')}_key` }[type];
    return `${schema}.${dbName}: ${`${dbName}_${ending}`.slice(0, MAX_NAME)} on (${columns.join(', ')})`;
  });
}

describe('the Prisma schema', () => {
  let engine: OpenedEngine;
  const dmmf = JSON.parse(reader.get_dmmf(input)) as {
    readonly datamodel: { readonly models: readonly Model[]; readonly indexes: readonly Index[] };
  };
  const { models, indexes } = dmmf.datamodel;
  beforeAll(async () => {
    engine = await openEngine('pglite');
  }, 60_000);
  afterAll(() => engine.close());

  const lines = async (text: string) => (await engine.database!.query({ text })).map(({ line }) => String(line)).sort();

  it('is valid to Prisma itself', () => {
    expect(() => reader.validate(input)).not.toThrow();
  });

  it('has exactly the tables and columns that the migrations make', async () => {
    const found = await lines(`
      SELECT concat_ws(' ', table_schema || '.' || table_name || '.' || column_name, data_type,
        CASE is_nullable WHEN 'NO' THEN 'not null' END,
        'default ' || CASE WHEN column_default LIKE 'nextval(%' THEN 'autoincrement()' ELSE column_default END) AS line
      FROM information_schema.columns WHERE table_schema NOT IN ('public', 'pg_catalog', 'information_schema')`);
    expect(found).toEqual(columnsOfModels(models).sort());
  });

  it('has exactly the keys and indexes that the migrations make', async () => {
    const found = await lines(`
      SELECT n.nspname || '.' || t.relname || ': ' || i.relname || ' on (' ||
        string_agg(a.attname, ', ' ORDER BY k.place) || ')' AS line
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(number, place)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
      WHERE n.nspname NOT IN ('public', 'pg_catalog', 'information_schema', 'pg_toast')
      GROUP BY n.nspname, t.relname, i.relname`);
    expect(found).toEqual(indexesOfModels(models, indexes).sort());
  });
});
