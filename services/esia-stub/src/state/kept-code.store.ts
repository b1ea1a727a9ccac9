import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import type { CodeGrant } from '../domain/grant.js';
import { CodeStore, type CodeState } from './code.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** A used or expired code is remembered this long, to tell it from one never issued. */
const REMEMBERED_MS = 600_000;

interface Code {
  /** Absent once used. */
  readonly grant?: CodeGrant;
  readonly expiresAtMs: number;
}

/** Codes in the state of the service: of all callers at all replicas one redeems a code. */
@ResetOnAdmin()
@Injectable()
export class KeptCodeStore extends CodeStore {
  private readonly codes: DocumentStore<Code>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    state: State,
    private readonly clock: Clock,
  ) {
    super();
    this.codes = state.documents({
      table: 'esia.authorization_code',
      expiresAtMs: ({ expiresAtMs }) => expiresAtMs + REMEMBERED_MS,
      // Another replica may use a code at any moment.
      cachedDocuments: 0,
      maxInMemory: maxOpen,
    });
  }

  issue(key: string, grant: CodeGrant, expiresAtMs: number): Promise<void> {
    return this.codes.put(key, { grant, expiresAtMs });
  }

  async find(key: string): Promise<CodeState> {
    return this.stateOf(await this.codes.find(key));
  }

  /** Whoever takes the code away may use it; that it was used is remembered in its place. */
  async redeem(key: string): Promise<CodeState> {
    const code = await this.codes.take(key);
    if (code !== undefined) await this.codes.put(key, { expiresAtMs: code.expiresAtMs });
    return this.stateOf(code);
  }

  count(): Promise<number> {
    return this.codes.count();
  }

  async reset(): Promise<void> {
    await this.codes.remove();
  }

  private stateOf(code: Code | undefined): CodeState {
    if (code === undefined) return { state: 'unknown' };
    if (code.grant === undefined) return { state: 'used' };
    return code.expiresAtMs <= this.clock.nowMs() ? { state: 'expired' } : { state: 'fresh', grant: code.grant };
  }
}
