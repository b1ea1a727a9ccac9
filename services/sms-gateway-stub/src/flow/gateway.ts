import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  CONFIG,
  Logger,
  Random,
  ResetOnAdmin,
  sampler,
  type Draw,
  type Exchange,
  type Resettable,
  type Sampler,
} from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import { advanced, type Message } from '../domain/message.js';
import { segmentationOf } from '../domain/segments.js';
import { Inbox } from '../state/inbox.js';
import { MessageStore } from '../state/message.store.js';
import { deliveryPlan } from './delivery-plan.js';
import { DuplicateGuard } from './duplicate-guard.js';

/** What a client asks to be sent; phones are normalised. */
export interface Submission {
  readonly dialect: string;
  readonly recipients: readonly { readonly phone: string; readonly text: string }[];
  readonly sender: string;
  readonly clientId?: string | undefined;
}

/** Price of a submission, roubles. */
export interface Quote {
  readonly segments: number;
  readonly cost: number;
}

/** The one domain behind all doors: accepts messages, carries them to handsets, reports what became of them. */
@Injectable()
@ResetOnAdmin()
export class Gateway implements Resettable {
  private readonly handsetDelay: Sampler;
  private readonly draw: Draw;
  private readonly duplicates: DuplicateGuard;
  private spent = 0;
  /** Grows with every reset; what was under way before it goes nowhere. */
  private epoch = 0;

  constructor(
    private readonly store: MessageStore,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
    private readonly logger: Logger,
    random: Random,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {
    this.handsetDelay = sampler(config.handsetDelay);
    this.draw = random.stream('handset delay');
    this.duplicates = new DuplicateGuard(config.duplicateWindowMs);
  }

  /** Roubles left. The balance is shown, not enforced. */
  get balance(): number {
    return this.config.balance - this.spent;
  }

  /** What a submission would cost. */
  quote(submission: Submission): Quote {
    const segments = submission.recipients.reduce((sum, { text }) => sum + segmentationOf(text).segments, 0);
    return { segments, cost: segments * this.config.pricePerSegment };
  }

  /** True when the very same text went to the same phones from the same sender a moment ago. */
  isRepeated(submission: Submission): boolean {
    const key = JSON.stringify([submission.sender, submission.recipients]);
    return this.duplicates.isRepeated(key, this.clock.nowMs());
  }

  /**
   * Takes responsibility for the messages; they start their way when the reply leaves, so a slow gateway delivers late as well.
   * @returns the number all of them share
   */
  async accept(submission: Submission, exchange: Exchange): Promise<number> {
    const id = await this.store.reserve(1);
    const acceptedAtMs = this.clock.nowMs();
    const messages = submission.recipients.map(({ phone, text }) =>
      this.message({ id, phone, text, acceptedAtMs, submission }),
    );
    await this.store.add(messages);
    this.spent += messages.reduce((sum, { cost }) => sum + cost, 0);
    const replyInMs = Math.max(0, exchange.receivedAtMs + exchange.intendedMs - this.clock.monotonicMs());
    for (const message of messages) this.carry(message, replyInMs, exchange);
    return id;
  }

  reset(): void {
    this.epoch += 1;
    this.duplicates.clear();
    this.spent = 0;
  }

  private message(parts: {
    id: number;
    phone: string;
    text: string;
    acceptedAtMs: number;
    submission: Submission;
  }): Message {
    const { id, phone, text, acceptedAtMs, submission } = parts;
    const { segments } = segmentationOf(text);
    return {
      id,
      clientId: submission.clientId,
      phone,
      sender: submission.sender,
      text,
      segments,
      cost: segments * this.config.pricePerSegment,
      dialect: submission.dialect,
      acceptedAtMs,
      state: 'queued',
      changedAtMs: acceptedAtMs,
      error: 0,
    };
  }

  private carry(message: Message, replyInMs: number, exchange: Exchange): void {
    const plan = deliveryPlan(exchange, this.handsetDelay(this.draw), this.config.receiptDelayMs);
    const { epoch } = this;
    const later = (delayMs: number, action: () => void) =>
      this.clock.after(replyInMs + delayMs, () => {
        if (epoch === this.epoch) action();
      });
    later(0, () => void this.advance(message, 'sent'));
    for (const arrivesMs of plan.arrivalsMs) later(arrivesMs, () => this.inbox.deliver(message));
    const { final } = plan;
    if (final !== undefined) later(final.afterMs, () => void this.advance(message, final.state, final.error));
  }

  private async advance(message: Message, state: Message['state'], error = 0): Promise<void> {
    try {
      const current = (await this.store.find(message.id, message.phone)) ?? message;
      await this.store.update(advanced(current, state, this.clock.nowMs(), error));
    } catch (failure) {
      this.logger.error('message.not-advanced', { id: message.id, state, failure: String(failure) });
    }
  }
}
