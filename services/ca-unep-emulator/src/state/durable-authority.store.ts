import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { AuthorityRecord } from '../domain/authority.js';
import { AuthorityStore } from './authority.store.js';

const KEY = 'authority';

/** One authority for all replicas and all restarts. */
export class DurableAuthorityStore extends AuthorityStore {
  override readonly isDurable = true;
  private readonly records: DocumentStore<AuthorityRecord>;

  constructor(state: State) {
    super();
    this.records = state.documents<AuthorityRecord>({ table: 'ca.authority' });
  }

  async open(found: () => AuthorityRecord): Promise<AuthorityRecord> {
    const kept = await this.records.find(KEY);
    if (kept !== undefined) return kept;
    const founded = found();
    if (await this.records.add(KEY, founded)) return founded;
    return (await this.records.find(KEY))!;
  }

  async change(change: (record: AuthorityRecord) => AuthorityRecord): Promise<AuthorityRecord> {
    const changed = await this.records.change(KEY, (current) => (current === undefined ? undefined : change(current)));
    if (changed === undefined) throw new Error('the authority is not open');
    return changed;
  }

  read(): Promise<AuthorityRecord | undefined> {
    return this.records.find(KEY);
  }
}
