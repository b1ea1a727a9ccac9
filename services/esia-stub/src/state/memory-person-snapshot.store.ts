import { Injectable } from '@nestjs/common';
import {
  MAX_SNAPSHOTS,
  PersonSnapshotStore,
  PersonSnapshotStoreFull,
  type PersonSnapshot,
} from './person-snapshot.store.js';

/** Snapshots in memory. */
@Injectable()
export class MemoryPersonSnapshotStore extends PersonSnapshotStore {
  private readonly snapshots = new Map<string, PersonSnapshot>();

  async put(snapshot: PersonSnapshot): Promise<void> {
    const isNew = !this.snapshots.has(snapshot.name);
    if (isNew && this.snapshots.size >= MAX_SNAPSHOTS) throw new PersonSnapshotStoreFull();
    this.snapshots.set(snapshot.name, snapshot);
  }

  async find(name: string): Promise<PersonSnapshot | undefined> {
    return this.snapshots.get(name);
  }

  async list(): Promise<readonly PersonSnapshot[]> {
    return [...this.snapshots.values()];
  }

  async remove(name: string): Promise<boolean> {
    return this.snapshots.delete(name);
  }
}
