import { Injectable } from '@nestjs/common';
import type { AuthorityRecord } from '../domain/authority.js';
import { AuthorityStore } from './authority.store.js';

/** Reference implementation: a new authority at every start, which no reset forgets. */
@Injectable()
export class MemoryAuthorityStore extends AuthorityStore {
  private record: AuthorityRecord | undefined;

  async open(found: () => AuthorityRecord): Promise<AuthorityRecord> {
    return (this.record ??= found());
  }

  async change(change: (record: AuthorityRecord) => AuthorityRecord): Promise<AuthorityRecord> {
    if (this.record === undefined) throw new Error('the authority is not open');
    return (this.record = change(this.record));
  }

  async read(): Promise<AuthorityRecord | undefined> {
    return this.record;
  }
}
