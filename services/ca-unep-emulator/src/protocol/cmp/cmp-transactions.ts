import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, Logger, ResetOnAdmin, type CancelTimer, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import type { UnepCertificate } from '../../domain/unep-certificate.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { BoundedMap } from '../../state/bounded-map.js';

/** One request of a transaction: granted and to be confirmed, or still being worked on. */
export interface CmpPending {
  readonly requestId: number;
  /** Body of the answer that brings the certificate. */
  readonly answer: 'ip' | 'cp' | 'kup';
  readonly certificate?: UnepCertificate;
  /** When it may be made, monotonic milliseconds; Infinity: never. */
  readonly readyAtMs?: number;
  readonly make?: () => Promise<UnepCertificate>;
  /** The client goes without certConf. */
  readonly isConfirmed: boolean;
}

/** Transactions under way, by id: what was granted waits for its certConf, and is revoked when none comes in time (RFC 4210 5.2.8). */
@Injectable()
@ResetOnAdmin()
export class CmpTransactions implements Resettable, OnModuleDestroy {
  private readonly pending: BoundedMap<readonly CmpPending[]>;
  private readonly timers = new Map<string, CancelTimer>();

  constructor(
    private readonly orders: IssueOrders,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'maxOperations' | 'cmpConfirmMs'>,
  ) {
    this.pending = new BoundedMap(config.maxOperations);
  }

  has(id: string): boolean {
    return this.pending.has(id);
  }

  find(id: string): readonly CmpPending[] {
    return this.pending.get(id) ?? [];
  }

  keep(id: string, requests: readonly CmpPending[]): void {
    this.end(id);
    this.pending.add(id, requests);
    this.timers.set(
      id,
      this.clock.after(this.config.cmpConfirmMs, () => void this.expire(id)),
    );
  }

  end(id: string): void {
    this.timers.get(id)?.();
    this.timers.delete(id);
    this.pending.delete(id);
  }

  reset(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    this.pending.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }

  /** Certificates nobody confirmed go out of force. */
  private async expire(id: string): Promise<void> {
    const granted = this.find(id).filter(({ isConfirmed }) => !isConfirmed);
    this.end(id);
    try {
      for (const { certificate } of granted) {
        if (certificate !== undefined) await this.orders.revokeSerial(certificate.serialHex, 'cessationOfOperation');
      }
    } catch (failure) {
      this.logger.warn('cmp.not-expired', { id, failure: String(failure) });
    }
  }
}
