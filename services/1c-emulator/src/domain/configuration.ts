import { bareType, type EntitySet } from './edm.js';
import { readObjects } from './object-sets.js';
import { ZUP_ENUMERATIONS, ZUP_OBJECTS } from './tables/zup-objects.js';

/** What the configuration of the infobase consists of, as far as the standard interface shows it. */
export class Configuration {
  private readonly byName: ReadonlyMap<string, EntitySet>;

  constructor(
    sets: readonly EntitySet[],
    readonly enumerations: Readonly<Record<string, readonly string[]>>,
  ) {
    this.byName = new Map(sets.map((set) => [set.name, set]));
  }

  get sets(): IterableIterator<EntitySet> {
    return this.byName.values();
  }

  set(name: string): EntitySet | undefined {
    return this.byName.get(bareType(name));
  }
}

/** 1С:ЗУП 3.1 as 1c.md 2.2 knows it. */
export function zupConfiguration(): Configuration {
  return new Configuration(readObjects(ZUP_OBJECTS), ZUP_ENUMERATIONS);
}
