import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import { endsByItself, type Expiring } from './expiring.js';
import { SessionStore, type Session } from './session.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Sessions in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptSessionStore extends SessionStore {
  private readonly sessions: DocumentStore<Expiring<Session>>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.sessions = state.documents<Expiring<Session>>({
      table: 'esia.session',
      columns: { sid: ({ value }) => value.sid },
      ...endsByItself,
      maxInMemory: maxOpen,
    });
  }

  open(value: Session, expiresAtMs: number): Promise<void> {
    return this.sessions.put(value.id, { value, expiresAtMs });
  }

  async find(id: string): Promise<Session | undefined> {
    return (await this.sessions.find(id))?.value;
  }

  async findBySid(sid: string): Promise<Session | undefined> {
    const { items } = await this.sessions.list({ where: { sid }, limit: 1 });
    return items[0]?.document.value;
  }

  async end(id: string): Promise<boolean> {
    return (await this.sessions.take(id)) !== undefined;
  }

  async list(limit: number): Promise<readonly Session[]> {
    const { items } = await this.sessions.list({ order: 'newest', limit });
    return items.map(({ document }) => document.value);
  }

  count(): Promise<number> {
    return this.sessions.count();
  }

  async reset(): Promise<void> {
    await this.sessions.remove();
  }
}
