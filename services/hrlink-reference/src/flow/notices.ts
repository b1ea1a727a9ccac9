import { Inject, Injectable } from '@nestjs/common';
import { carried, CONFIG, Logger, ResetOnAdmin } from '@poligon/emulator-kit';
import { SmsGateway } from '../adapters/sms-gateway.js';
import type { Config } from '../config.js';
import { ClientUserStore } from '../state/people.store.js';

const MAX_IN_FLIGHT = 32;
const MAX_WAITING = 10_000;

/**
 * Notices about new documents: fire and forget. They leave through a narrow bounded queue of their own, so a slow or dead
 * gateway delays neither documents nor one-time codes; what does not fit is dropped and counted.
 */
@ResetOnAdmin()
@Injectable()
export class Notices {
  private readonly queue: (() => void)[] = [];
  private inFlight = 0;
  private dropped = 0;
  private failed = 0;
  private sent = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gateway: SmsGateway,
    private readonly users: ClientUserStore,
    private readonly logger: Logger,
  ) {}

  newDocument(clientUserId: string, number: string | null): void {
    const phone = this.users.byId(clientUserId)?.phone ?? null;
    if (!this.config.hasNotices || phone === null) return;
    if (this.queue.length >= MAX_WAITING) {
      this.dropped += 1;
      return;
    }
    const text = `Вам направлен новый кадровый документ № ${number ?? 'б/н'}`;
    this.queue.push(carried(() => void this.post(phone, text)));
    this.pump();
  }

  counts(): { sent: number; failed: number; dropped: number; waiting: number } {
    return { sent: this.sent, failed: this.failed, dropped: this.dropped, waiting: this.queue.length + this.inFlight };
  }

  reset(): void {
    this.queue.length = 0;
    this.dropped = this.failed = this.sent = 0;
  }

  private pump(): void {
    while (this.inFlight < MAX_IN_FLIGHT) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.inFlight += 1;
      next();
    }
  }

  private async post(phone: string, text: string): Promise<void> {
    try {
      await this.gateway.send(phone, text);
      this.sent += 1;
    } catch (error) {
      this.failed += 1;
      this.logger.warn('notice.failed', { reason: error instanceof Error ? error.message : String(error) });
    } finally {
      this.inFlight -= 1;
      this.pump();
    }
  }
}
