import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, Logger, ResetOnAdmin, type CancelTimer, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Revocation } from '../domain/revocation.js';
import { RevocationStore } from '../state/revocation.store.js';
import { RevocationLists, type PublishedLists } from './revocation-lists.js';

/** Takes certificates out of force and has the lists say so: soon after a change, and afresh before they end. */
@Injectable()
@ResetOnAdmin()
export class Revocations implements Resettable, OnApplicationBootstrap, OnModuleDestroy {
  private timer: CancelTimer | undefined;
  private underWay: Promise<PublishedLists> | undefined;
  private isClosed = false;
  /** Lists with the latest changes are about to be made. */
  private isSoon = false;
  private lastTookMs = 0;

  constructor(
    private readonly store: RevocationStore,
    private readonly lists: RevocationLists,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'crlPeriodMs' | 'crlQuietMs'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.store.whenOthersChange(() => this.publishSoon());
    await this.publish();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    this.timer?.();
  }

  find(serialHex: string): Promise<Revocation | undefined> {
    return this.store.find(serialHex);
  }

  async add(revocation: Revocation): Promise<void> {
    await this.store.add(revocation);
    this.publishSoon();
  }

  /** Lifts a hold. */
  async lift(serialHex: string, generation: number): Promise<void> {
    await this.store.remove(serialHex);
    this.lists.lifted(serialHex, this.clock.nowMs(), generation);
    this.publishSoon();
  }

  /** Makes the lists now. Calls that come meanwhile wait for a later edition, which has their changes. */
  async publish(): Promise<PublishedLists> {
    while (this.underWay !== undefined) await this.underWay;
    this.underWay = this.makeLists().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** The lists of an authority without revocations. */
  async reset(): Promise<void> {
    this.lists.reset();
    await this.publish();
  }

  async followReset(): Promise<void> {
    await this.reset();
  }

  private async makeLists(): Promise<PublishedLists> {
    this.timer?.();
    this.timer = undefined;
    this.isSoon = false;
    const published = await this.lists.make(await this.store.all());
    this.lastTookMs = published.tookMs;
    // A new edition appears well before the former ends, as clients' clocks differ.
    if (!this.isSoon) this.publishWithin(this.config.crlPeriodMs / 2);
    return published;
  }

  /** Once after a change; others that come meanwhile do not put it off. A long list is not made all the time: a tenth of it at most. */
  private publishSoon(): void {
    if (this.isSoon) return;
    this.isSoon = true;
    this.publishWithin(Math.max(this.config.crlQuietMs, this.lastTookMs * 10));
  }

  private publishWithin(ms: number): void {
    if (this.isClosed) return;
    this.timer?.();
    this.timer = this.clock.after(ms, () => {
      this.publish().catch((failure: unknown) => this.logger.error('crl.failed', { failure: String(failure) }));
    });
  }
}
