import { Injectable } from '@nestjs/common';
import { Ids } from '@poligon/emulator-kit';
import type { EntitySet } from '../../domain/edm.js';
import { dataVersion, StoredRow, writesOf, type Row, type Scalar, type StoredValues } from '../../domain/row.js';
import { Infobase, keyOf } from '../../flow/infobase.js';
import { LocalTime } from '../../flow/local-time.js';
import { assigned } from './assignment.js';
import type { SentObject } from './body-reader.js';
import { valueOf } from './filter-path.js';
import { readAddress } from './address.js';
import { bentValues, type ODataBends } from './odata-bends.js';
import { odataFailure } from './odata-failure.js';

const READ_ONLY = ['Rows', 'Records'];

/** How a write goes besides what it writes. */
export interface WriteMode {
  readonly bends?: ODataBends | undefined;
  /** `1C_OData-DataLoadMode`: ОбменДанными.Загрузка is set, and the platform fills in nothing of its own. */
  readonly isLoading?: boolean;
}

/** The object a write is about. */
export interface WriteTarget {
  readonly set: EntitySet;
  readonly key: string;
}

/** Writes objects with 1C's semantics (1c.md 2.1, Writes). */
@Injectable()
export class ObjectWriter {
  private created = 0;

  constructor(
    private readonly infobase: Infobase,
    private readonly ids: Ids,
    private readonly time: LocalTime,
  ) {}

  /** POST: code and number are assigned, defaults filled, nothing is checked. */
  async create(set: EntitySet, sent: SentObject, { bends, isLoading = false }: WriteMode = {}): Promise<Row> {
    requireWritable(set);
    if (set.kind === 'Constant') throw odataFailure('method-forbidden');
    const { values, parts } = assigned(set, sent);
    const object = { values: { ...this.defaults(set, isLoading), ...values }, parts };
    if (set.properties.has('DataVersion')) object.values['DataVersion'] = dataVersion(0);
    const row = new StoredRow(bentValues(set, linked(set, object), bends));
    const key = keyOf(set, row);
    for (const name of set.key) if (row.get(name) === undefined) throw odataFailure('missing-key', name);
    if (this.infobase.find(set, key) !== undefined && !set.collections.has('RecordSet'))
      throw odataFailure('key-exists');
    await this.put(set, key, row.stored);
    return row;
  }

  /** PATCH: what is named changes, tabular parts as a whole; every write counts in DataVersion, even without a change. */
  async patch({ set, key }: WriteTarget, sent: SentObject, bends?: ODataBends): Promise<Row> {
    requireWritable(set);
    const before = this.existing(set, key);
    const { values, parts } = assigned(set, sent);
    for (const name of set.key) delete values[name];
    return this.rewrite(set, key, before, bentValues(set, { values, parts }, bends));
  }

  /** Counts a write of the object that a URL names, if it names one, and changes nothing in it. */
  async touch(url: string): Promise<void> {
    const address = readAddress(url, this.infobase.configuration);
    const isObject = address.kind === 'entity' && address.path.length === 0 && !READ_ONLY.includes(address.set.kind);
    if (isObject && this.infobase.find(address.set, address.key) !== undefined) await this.patch(address, {});
  }

  /** PUT: every property has to be there. */
  async replace({ set, key }: WriteTarget, sent: SentObject, bends?: ODataBends): Promise<Row> {
    requireWritable(set);
    const before = this.existing(set, key);
    const { values, parts } = assigned(set, sent);
    for (const { name } of set.properties.values()) {
      const isOptional = set.key.includes(name) || name === 'DataVersion' || name in values;
      if (!isOptional && !Object.hasOwn(sent, name)) throw odataFailure('missing-value', name);
    }
    for (const name of set.key) delete values[name];
    return this.rewrite(set, key, before, bentValues(set, { values, parts }, bends));
  }

  async remove(set: EntitySet, key: string): Promise<void> {
    requireWritable(set);
    this.existing(set, key);
    await this.put(set, key, 'deleted');
  }

  /** Writes some values as the platform itself does, e.g. that a document is posted. */
  async mark(set: EntitySet, key: string, values: StoredValues['values']): Promise<Row> {
    return this.rewrite(set, key, this.existing(set, key), { values, parts: {} });
  }

  /** @throws ProtocolError code 9 */
  existing(set: EntitySet, key: string): Row {
    const found = this.infobase.find(set, key);
    if (found === undefined) throw odataFailure('not-found', set.name);
    return found;
  }

  private async rewrite(set: EntitySet, key: string, before: Row, change: StoredValues): Promise<Row> {
    const known = snapshot(set, before);
    const values = { ...known.values, ...change.values };
    if (set.properties.has('DataVersion'))
      values['DataVersion'] = dataVersion(writesOf(known.values['DataVersion']) + 1);
    const row = new StoredRow(linked(set, { values, parts: { ...known.parts, ...change.parts } }));
    await this.put(set, key, row.stored);
    return row;
  }

  private async put(set: EntitySet, key: string, object: StoredValues | 'deleted'): Promise<void> {
    if (!(await this.infobase.write(set, key, object))) throw odataFailure('storage-full');
  }

  private defaults(set: EntitySet, isLoading: boolean): Record<string, Scalar> {
    const values: Record<string, Scalar> = {};
    if (set.key[0] === 'Ref_Key') values['Ref_Key'] = this.ids.uuid();
    if (isLoading) return values;
    if (set.properties.has('Date')) values['Date'] = this.time.now();
    for (const name of ['Code', 'Number']) {
      const property = set.properties.get(name);
      if (property === undefined) continue;
      this.created += 1;
      values[name] = `E${this.created}`.padStart(property.maxLength ?? 9, '0');
    }
    return values;
  }
}

/** Rows and records carry the key of what they belong to. */
function linked(set: EntitySet, { values, parts }: StoredValues): StoredValues {
  const own = Object.fromEntries(set.key.map((name): [string, Scalar] => [name, values[name] ?? '']));
  const kept = Object.entries(parts).map(([name, rows]) => [name, rows.map((row) => ({ ...row, ...own }))] as const);
  return { values, parts: Object.fromEntries(kept) };
}

function snapshot(set: EntitySet, row: Row): { values: Record<string, Scalar>; parts: StoredValues['parts'] } {
  const values = Object.fromEntries(
    [...set.properties.values()].map((property) => [property.name, valueOf(row, property)]),
  );
  const parts = [...set.collections].map(([name, shape]) => {
    const rows = row.rows(name).map((line) => snapshotValues([...shape.properties.values()], line));
    return [name, rows] as const;
  });
  return { values, parts: Object.fromEntries(parts) };
}

function snapshotValues(properties: readonly Parameters<typeof valueOf>[1][], row: Row): Record<string, Scalar> {
  return Object.fromEntries(properties.map((property) => [property.name, valueOf(row, property)]));
}

function requireWritable({ kind }: EntitySet): void {
  if (kind === 'DocumentJournal') throw odataFailure('method-forbidden');
  if (READ_ONLY.includes(kind)) throw odataFailure('rows-read-only');
}
