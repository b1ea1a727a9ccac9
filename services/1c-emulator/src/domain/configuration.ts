import { bareType, type EntitySet } from './edm.js';
import { FillerSets } from './filler-sets.js';
import { readObjects } from './object-sets.js';
import { ZUP_ENUMERATIONS, ZUP_OBJECTS } from './tables/zup-objects.js';
import { ZUP_PROCESSES } from './tables/zup-processes.js';

/** What the configuration of the infobase consists of, as far as the standard interface shows it. */
export class Configuration {
  private readonly byName: ReadonlyMap<string, EntitySet>;

  constructor(
    sets: readonly EntitySet[],
    readonly enumerations: Readonly<Record<string, readonly string[]>>,
    /** Empty objects beside them. */
    readonly filler = new FillerSets(0),
  ) {
    this.byName = new Map(sets.map((set) => [set.name, set]));
  }

  /** Sets that are kept; those of the filler are made when asked for. */
  get own(): IterableIterator<EntitySet> {
    return this.byName.values();
  }

  get sets(): Iterable<EntitySet> {
    return this.all();
  }

  set(name: string): EntitySet | undefined {
    const bare = bareType(name);
    return this.byName.get(bare) ?? this.filler.find(bare);
  }

  private *all(): Generator<EntitySet> {
    yield* this.byName.values();
    yield* this.filler.all();
  }
}

/** 1С:ЗУП 3.1 as 1c.md 2.2 knows it. @param entities how many entities there are at least; what the table lacks are empty ones */
export function zupConfiguration(entities = 0): Configuration {
  const own = readObjects(`${ZUP_OBJECTS}\n\n${ZUP_PROCESSES}`);
  return new Configuration(own, ZUP_ENUMERATIONS, new FillerSets(Math.max(0, entities - own.length)));
}
