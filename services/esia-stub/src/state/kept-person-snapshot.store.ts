import { Injectable } from '@nestjs/common';
import { State, type DocumentStore } from '@poligon/emulator-kit';
import {
  MAX_SNAPSHOTS,
  PersonSnapshotStore,
  PersonSnapshotStoreFull,
  type PersonSnapshot,
} from './person-snapshot.store.js';

/** Snapshots in the state of the service. */
@Injectable()
export class KeptPersonSnapshotStore extends PersonSnapshotStore {
  private readonly snapshots: DocumentStore<PersonSnapshot>;

  constructor(state: State) {
    super();
    this.snapshots = state.documents({ table: 'esia.person_snapshot', cachedDocuments: 0 });
  }

  async put(snapshot: PersonSnapshot): Promise<void> {
    const isNew = (await this.snapshots.find(snapshot.name)) === undefined;
    if (isNew && (await this.snapshots.count()) >= MAX_SNAPSHOTS) throw new PersonSnapshotStoreFull();
    await this.snapshots.put(snapshot.name, snapshot);
  }

  find(name: string): Promise<PersonSnapshot | undefined> {
    return this.snapshots.find(name);
  }

  async list(): Promise<readonly PersonSnapshot[]> {
    return (await this.snapshots.list({ limit: MAX_SNAPSHOTS })).items.map(({ document }) => document);
  }

  async remove(name: string): Promise<boolean> {
    return (await this.snapshots.take(name)) !== undefined;
  }
}
