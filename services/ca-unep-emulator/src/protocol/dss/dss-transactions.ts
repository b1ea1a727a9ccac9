import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { newCode, tryCode, type OneTimeCode } from '../../domain/one-time-code.js';
import type { FaultHints } from '../../domain/fault-hints.js';
import { CodePost } from '../../flow/code-post.js';
import { BoundedMap } from '../../state/bounded-map.js';
import type { SignatureOrder } from './signature-order.codec.js';

/** Something a user must confirm before it is done. */
export interface DssTransaction {
  readonly id: string;
  readonly user: string;
  readonly phone: string | undefined;
  readonly orders: readonly SignatureOrder[];
  readonly refId?: string;
  readonly code?: OneTimeCode;
}

/** What the user typed, and to which challenge. */
export interface CodeAnswer {
  readonly refId: string;
  readonly value: string;
}

/** Transactions and their confirmation by a code in an SMS (section 2.4). */
@Injectable()
@ResetOnAdmin()
export class DssTransactions implements Resettable {
  private readonly transactions: BoundedMap<DssTransaction>;
  private readonly idByRef: BoundedMap<string>;

  constructor(
    private readonly post: CodePost,
    private readonly ids: Ids,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {
    this.transactions = new BoundedMap(config.maxOperations);
    this.idByRef = new BoundedMap(config.maxOperations);
  }

  open(user: string, phone: string | undefined, orders: readonly SignatureOrder[]): string {
    const id = this.ids.uuid();
    this.transactions.add(id, { id, user, phone, orders });
    return id;
  }

  find(id: string, user: string): DssTransaction | undefined {
    const found = this.transactions.get(id);
    return found?.user === user ? found : undefined;
  }

  /** The transaction a challenge belongs to. */
  idOf(refId: string): string | undefined {
    return this.idByRef.get(refId);
  }

  /** Sends a code; undefined for an unknown transaction. @throws Refusal `resend_too_early` */
  challenge(id: string, user: string, hints: FaultHints): { refId: string; lifeSeconds: number } | undefined {
    const found = this.find(id, user);
    if (found === undefined) return undefined;
    const digits = this.post.newDigits(hints);
    const refId = this.ids.uuid();
    const code = newCode(digits, found.code, this.clock.nowMs(), this.post.rules(hints));
    this.transactions.change(id, (current) => ({ ...current, code, refId }));
    this.idByRef.add(refId, id);
    this.post.post(found.phone, digits, hints);
    return { refId, lifeSeconds: Math.floor(this.config.codeTtlMs / 1000) };
  }

  /** The transaction whose code this is. @throws Refusal `invalid_code`, `code_expired`, `too_many_attempts` */
  confirm(answer: CodeAnswer, user: string, hints: FaultHints): DssTransaction | undefined {
    const { refId, value } = answer;
    const found = this.find(this.idByRef.get(refId) ?? '', user);
    if (found?.code === undefined || found.refId !== refId) return undefined;
    const { code, refusal } = tryCode(found.code, value, this.clock.nowMs(), this.post.rules(hints));
    const confirmed = this.transactions.change(found.id, (current) => ({ ...current, code }));
    if (refusal !== undefined) throw refusal;
    this.idByRef.delete(refId);
    return confirmed;
  }

  reset(): void {
    this.transactions.clear();
    this.idByRef.clear();
  }
}
