import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, Logger, type CancelTimer } from '@poligon/emulator-kit';
import { MessageStore } from '../state/message.store.js';
import { Gateway } from './gateway.js';

/** Messages taken up at a time. */
const BATCH = 1000;
const PERIOD_MS = 5000;

/** Takes up messages whose carrier died: those of this process before it was restarted, and those of other replicas. */
@Injectable()
export class Resumption implements OnApplicationBootstrap, OnModuleDestroy {
  private cancel: CancelTimer | undefined;
  private isClosed = false;

  constructor(
    private readonly store: MessageStore,
    private readonly gateway: Gateway,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.store.isDurable) return;
    await this.takeUp();
    this.again();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    this.cancel?.();
  }

  private async takeUp(): Promise<void> {
    let count = 0;
    let messages;
    do {
      messages = await this.store.resumable(BATCH);
      for (const message of messages) this.gateway.resume(message);
      count += messages.length;
    } while (messages.length === BATCH);
    if (count > 0) this.logger.info('messages.resumed', { count });
  }

  private again(): void {
    if (this.isClosed) return;
    this.cancel = this.clock.after(PERIOD_MS, () => {
      this.takeUp()
        .catch((failure: unknown) => this.logger.warn('messages.not-resumed', { failure: String(failure) }))
        .finally(() => this.again());
    });
  }
}
