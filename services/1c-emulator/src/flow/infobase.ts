import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { Population } from '@poligon/people';
import type { OneCConfig } from '../config.js';
import { ChangeLog } from '../domain/change-log.js';
import { Configuration } from '../domain/configuration.js';
import { bareType, type EntitySet } from '../domain/edm.js';
import { exchangeNodes, PLAN_PREFIX, UNIVERSAL_PLAN } from '../domain/exchange-plan.js';
import { infobaseSeeds } from '../domain/infobase-seeds.js';
import { JournalRow } from '../domain/journal-row.js';
import { StoredRow, type Row, type StoredValues } from '../domain/row.js';
import { fixedSeed, type Bound, type Places, type Seed } from '../domain/seed.js';
import type { Staff } from '../domain/staff.js';
import { StaffHolder } from '../jobs/staff-holder.js';
import { ObjectStore } from '../state/object.store.js';

/** The data of the infobase: rows of the seed with what was written laid over them. Nothing is loaded. */
@Injectable()
export class Infobase implements OnApplicationBootstrap {
  private seeds: ReadonlyMap<string, Seed> = new Map();
  private seededFor: Staff | undefined = undefined;
  private seedings = 0;

  constructor(
    readonly configuration: Configuration,
    private readonly people: Population,
    private readonly staff: StaffHolder,
    private readonly store: ObjectStore,
    private readonly changes: ChangeLog,
    @Inject(CONFIG) private readonly config: OneCConfig,
  ) {}

  /** Nobody remembers which of the objects written before a restart the nodes of exchange plans were told of: all go again. */
  onApplicationBootstrap(): void {
    this.store.hear((set, key) => this.register(set, key));
    if (this.store.count() === 0) return;
    for (const { name: set, kind } of this.configuration.sets) {
      if (kind === 'ExchangePlan') continue;
      for (const [key] of this.store.written(set)) this.changes.record({ set, key });
    }
  }

  /** Another value whenever the data may be others: somebody wrote, or another part of the population was chosen. */
  get state(): string {
    return `${this.store.revision()} ${this.staffNumber()}`;
  }

  /** Object, record set or record under a key; see `keyOf`. */
  find(set: EntitySet, key: string): Row | undefined {
    if (set.owner !== undefined) return this.findElement(set, key);
    if (set.documents !== undefined) return this.findListed(set.documents, key);
    const written = this.store.find(set.name, key);
    if (written !== undefined) return written === 'deleted' ? undefined : new StoredRow(written);
    return this.seed(set.name)?.find(key);
  }

  /** Every row of a set: seeded ones in their order, then written ones. @param places those of the seed that are looked at; all when not given */
  *scan(set: EntitySet, places?: Places): Generator<Row> {
    if (set.owner !== undefined || set.documents !== undefined) {
      yield* this.derived(set);
      return;
    }
    yield* this.seeded(set, places);
    for (const [, written] of this.store.written(set.name)) if (written !== 'deleted') yield new StoredRow(written);
  }

  /** Rows of the seed nobody wrote over. */
  private *seeded(set: EntitySet, places: Places | undefined): Generator<Row> {
    const seed = this.seed(set.name);
    if (seed === undefined) return;
    const { first, end } = places ?? { first: 0, end: seed.count };
    for (let nth = first; nth < end; nth += 1) {
      const row = seed.row(nth);
      if (!this.store.holds(set.name) || this.store.find(set.name, keyOf(set, row)) === undefined) yield row;
    }
  }

  /** Rows that belong to objects of other sets: elements of a collection, lines of a journal. */
  private *derived({ owner, collection, documents = [] }: EntitySet): Generator<Row> {
    if (owner !== undefined) {
      for (const row of this.scan(this.configuration.set(owner)!)) yield* row.rows(collection!);
    }
    for (const name of documents) {
      for (const row of this.scan(this.configuration.set(name)!)) yield new JournalRow(name, row);
    }
  }

  /** Fewer rows that hold every one whose property has that guid; undefined when only a scan can tell. */
  narrowed(set: EntitySet, property: string, guid: string): Iterable<Row> | undefined {
    if (set.documents !== undefined) return undefined;
    const found = this.seed(set.name)?.narrow(property, guid.toLowerCase());
    if (found === undefined) return undefined;
    const owner = set.owner === undefined ? set : this.configuration.set(set.owner)!;
    const untouched = found.filter((row) => this.store.find(owner.name, keyOf(owner, row)) === undefined);
    return [...untouched, ...this.writtenRows(owner, set.collection)];
  }

  /** Places of the seed that hold every row whose property compares so; undefined when only a scan can tell. */
  places(set: EntitySet, property: string, bound: Bound): Places | undefined {
    return set.owner === undefined ? this.seed(set.name)?.range(property, bound) : undefined;
  }

  /** Registers the change for exchange with everybody but the node it came from. False when the infobase takes no further objects. */
  async write(set: EntitySet, key: string, object: StoredValues | 'deleted', origin?: string): Promise<boolean> {
    const isKept = await this.store.put(set.name, key, object);
    if (isKept && set.kind !== 'ExchangePlan') this.changes.record({ set: set.name, key }, origin);
    return isKept;
  }

  /** A document a journal lists, by its reference and type. */
  private findListed(documents: readonly string[], key: string): Row | undefined {
    const [ref = '', type = ''] = key.split('|');
    const name = documents.find((document) => document === bareType(type));
    const found = name === undefined ? undefined : this.find(this.configuration.set(name)!, ref);
    return found === undefined ? undefined : new JournalRow(name!, found);
  }

  /** Registers what another replica wrote. */
  private register(set: string, key: string): void {
    const kind = this.configuration.set(set)?.kind;
    if (kind !== undefined && kind !== 'ExchangePlan') this.changes.record({ set, key });
  }

  private *writtenRows(owner: EntitySet, collection: string | undefined): Generator<Row> {
    for (const [, written] of this.store.written(owner.name)) {
      if (written === 'deleted') continue;
      const row = new StoredRow(written);
      if (collection === undefined) yield row;
      else yield* row.rows(collection);
    }
  }

  private findElement(set: EntitySet, key: string): Row | undefined {
    if (set.kind === 'Rows') {
      const [ownerKey, line] = key.split('|');
      const owner = this.find(this.configuration.set(set.owner!)!, ownerKey!);
      return owner?.rows(set.collection!).find((row) => String(row.get('LineNumber')) === line);
    }
    for (const row of this.scan(set)) if (keyOf(set, row) === key) return row;
    return undefined;
  }

  /** Counts the changes of staff. */
  private staffNumber(): number {
    this.reseed();
    return this.seedings;
  }

  private seed(name: string): Seed | undefined {
    this.reseed();
    return this.seeds.get(name);
  }

  private reseed(): void {
    const current = this.staff.current;
    if (this.seededFor === current) return;
    const nodes = exchangeNodes(this.config.exchangeNode, this.config.exchangePeers.split(','));
    const plans = [[PLAN_PREFIX + UNIVERSAL_PLAN, fixedSeed(nodes, ['Ref_Key'])]] as const;
    this.seeds = new Map([...infobaseSeeds(this.people, current.selection), ...plans]);
    this.seededFor = current;
    this.seedings += 1;
  }
}

/** Key of a row in its set: values of the key properties joined with `|`; what the row does not have is empty. */
export function keyOf(set: EntitySet, row: Row): string {
  return set.key.map((name) => String(row.get(name) ?? '')).join('|');
}
