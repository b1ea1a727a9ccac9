import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Logger, ResetOnAdmin, type Exchange, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import { refusalOf, type Account, type Refusal } from '../domain/account.js';
import { advance, type Message, type MessageState, type Part } from '../domain/message.js';
import { segmentsOf } from '../domain/segments.js';
import { TimingWheel } from '../schedule/timing-wheel.js';
import { Inbox } from '../state/inbox.js';
import { MessageStore } from '../state/message.store.js';
import { messageOf } from './accepted-message.js';
import { expire, planChanges, plannedDelivery, type Arrival, type DeliveryPlan } from './delivery-plan.js';
import { DuplicateGuard } from './duplicate-guard.js';
import { Journey, type Carrier } from './journey.js';
import { Operators, type OperatorVerdict } from './operators.js';
import { PlainJourney } from './plain-journey.js';
import { Reassembler } from './reassembler.js';
import { ReceiptDesk } from './receipt-desk.js';
import { TroddenWay } from './trodden-way.js';

/** Hint under which a fault has every n-th recipient of a call refused. */
export const PARTIAL_HINT = 'sms partial recipients';

/** One text to one phone. */
export interface Recipient {
  readonly phone: string;
  readonly text: string;
  readonly clientId?: string | undefined;
  readonly returnTo?: unknown;
  readonly part?: Part | undefined;
  /** Delivery error with which the provider rejects it soon after it accepted it. */
  readonly rejectedWith?: number | undefined;
}

/** One ordinary message: at once, whole, to a phone of its own. */
export interface SingleSubmission {
  readonly account: Account;
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  readonly returnTo: unknown;
  /** Monotonic time at which the reply leaves. */
  readonly startMs: number;
}

/** What a client asks to be sent; phones are normalised. */
export interface Submission {
  readonly account: Account;
  readonly recipients: readonly Recipient[];
  readonly sender: string;
  /** Wall time at which the messages leave; at once when omitted or past. */
  readonly sendAtMs?: number | undefined;
  /** Messages that did not reach the handset within this time expire. */
  readonly validityMs?: number | undefined;
  /** One number stands for all recipients when clients of the dialect ask by number and phone. */
  readonly referenceOf?: ((phone: string, firstId: number) => string) | undefined;
}

/** Price of a submission, roubles. */
export interface Quote {
  readonly segments: number;
  readonly cost: number;
}

/** The one domain behind all doors: accepts messages, carries them to handsets, reports what became of them. */
@Injectable()
@ResetOnAdmin()
export class Gateway implements Resettable, Carrier {
  private readonly duplicates: DuplicateGuard;
  private readonly clock: Clock;
  private readonly ways = new WeakMap<OperatorVerdict, TroddenWay>();
  private readonly parts: { readonly wheel: TimingWheel; readonly carrier: Carrier };

  constructor(
    private readonly store: MessageStore,
    private readonly inbox: Inbox,
    private readonly reassembler: Reassembler,
    private readonly operators: Operators,
    private readonly desk: ReceiptDesk,
    wheel: TimingWheel,
    private readonly logger: Logger,
    @Inject(CONFIG) config: Pick<SmsConfig, 'duplicateWindowMs'>,
  ) {
    this.duplicates = new DuplicateGuard(config.duplicateWindowMs);
    this.parts = { wheel, carrier: this };
    this.clock = wheel.clock;
  }

  /** What texts would cost an account. */
  quote({ pricePerSegment }: Account, recipients: readonly Pick<Recipient, 'text'>[]): Quote {
    const segments = recipients.reduce((sum, { text }) => sum + segmentsOf(text), 0);
    return { segments, cost: segments * pricePerSegment };
  }

  /** Why each message is refused, or undefined where it is not; a fault may refuse some. */
  refusals(
    account: Account,
    { sender, recipients }: Pick<Submission, 'sender' | 'recipients'>,
    exchange: Exchange,
  ): readonly (Refusal | undefined)[] {
    const every = exchange.hinted(PARTIAL_HINT);
    return recipients.map((recipient, at) => {
      if (typeof every === 'number' && (at + 1) % every === 0) return 'stop-list';
      const { cost } = this.quote(account, [recipient]);
      return refusalOf(account, { phone: recipient.phone, sender, cost });
    });
  }

  /** True when the very same text went to the same phones from the same sender a moment ago. */
  isRepeated({ account, sender, recipients }: Submission): boolean {
    const key = JSON.stringify([account.dialect, sender, recipients.map(({ phone, text }) => [phone, text])]);
    return this.duplicates.isRepeated(key, this.clock.nowMs());
  }

  /**
   * Takes responsibility for the messages; they start their way when the reply leaves, so a slow gateway delivers late as well.
   * @returns them in the order of the recipients, at once unless the store has to write first
   */
  accept(submission: Submission, exchange: Exchange): readonly Message[] | Promise<readonly Message[]> {
    const messages = this.messagesOf(submission);
    const journeys = this.journeysOf(messages, submission, exchange);
    const kept = this.store.add(messages);
    if (kept === undefined) return this.dispatch(messages, journeys);
    return kept.then(() => this.dispatch(messages, journeys));
  }

  /** Goes on with a message whose way was cut short by the end of the process that carried it. */
  resume(message: Message): void {
    const { way } = message;
    if (way === undefined) return;
    const startMs = this.clock.monotonicMs() - (this.clock.nowMs() - way.startAtMs);
    const plan = { arrivals: [...way.arrivals], reports: [...way.reports], isBeforeReply: false };
    new Journey(message, plan, startMs, this.parts).begin();
  }

  /**
   * The same for one ordinary message of a call that no rule touched and that is answered at once.
   * @returns the message, or why it is refused
   */
  acceptOne(single: SingleSubmission): Message | Promise<Message> | Refusal {
    const { account, phone, sender, text, returnTo, startMs } = single;
    const segments = segmentsOf(text);
    const refusal = refusalOf(account, { phone, sender, cost: segments * account.pricePerSegment });
    if (refusal !== undefined) return refusal;
    const id = this.store.reserve(1);
    const nowMs = this.clock.nowMs();
    const message = messageOf(
      account,
      { phone, text, returnTo },
      { id, sender, segments, nowMs, reference: undefined },
    );
    if (this.store.isDurable) return this.acceptDurably(message, startMs);
    const kept = this.store.add([message]);
    return kept === undefined ? this.send(message, startMs) : kept.then(() => this.send(message, startMs));
  }

  /** Moves a message to a state by hand: cancelled, read, or by an engineer. False when it is final already. */
  settle(message: Message, state: MessageState, error = 0): boolean {
    if (!advance(message, state, this.clock.nowMs(), error)) return false;
    this.keep(message);
    this.desk.report(message);
    return true;
  }

  /** Gives a message under way another text; its segments and price stay. */
  replace(message: Message, text: string): void {
    message.text = text;
    message.isReplaced = true;
    this.keep(message);
  }

  arrive(message: Message, arrival: Arrival): void {
    if (message.state === 'deleted') return;
    const { isPartial } = arrival;
    const text = message.isReplaced === true ? message.text : arrival.text;
    if (message.part === undefined) this.inbox.deliver(message, text, isPartial);
    else this.reassembler.arrive(message, message.part, text);
  }

  report(message: Message, { state, error }: DeliveryPlan['reports'][number]): void {
    this.settle(message, state, error);
  }

  reset(): void {
    this.duplicates.clear();
  }

  private messagesOf({ account, recipients, sender, referenceOf }: Submission): Message[] {
    const first = this.store.reserve(recipients.length);
    const nowMs = this.clock.nowMs();
    return recipients.map((recipient, at) => {
      const { phone, text, part } = recipient;
      const segments = part === undefined ? segmentsOf(text) : 1;
      const reference = referenceOf?.(phone, first);
      return messageOf(account, recipient, { id: first + at, sender, segments, nowMs, reference });
    });
  }

  /** What is before each message, decided before it is kept, so that it can be kept with it. */
  private journeysOf(
    messages: readonly Message[],
    { recipients, sendAtMs, validityMs }: Submission,
    exchange: Exchange,
  ): readonly (() => void)[] {
    const waitMs = sendAtMs === undefined ? 0 : Math.max(0, sendAtMs - this.clock.nowMs());
    const changes = planChanges(exchange);
    const nowMs = this.clock.monotonicMs();
    // The way begins when the reply leaves; a call handled once more after that begins at once.
    const startMs = Math.max(nowMs, exchange.receivedAtMs + exchange.intendedMs);
    return messages.map((message, at) => {
      const plan = this.planOf(message, recipients[at]!.rejectedWith, waitMs);
      for (const change of changes ?? []) change(plan, message);
      if (validityMs !== undefined) expire(plan, validityMs);
      const beginsMs = plan.isBeforeReply ? nowMs : startMs;
      if (this.store.isDurable) this.note(message, plan, beginsMs);
      const journey = new Journey(message, plan, beginsMs, this.parts);
      return plan.isBeforeReply ? () => journey.run() : () => journey.begin();
    });
  }

  private dispatch(messages: readonly Message[], journeys: readonly (() => void)[]): readonly Message[] {
    for (const begin of journeys) begin();
    return messages;
  }

  /** Writes the way of a message down in it. */
  private note(message: Message, { arrivals, reports }: DeliveryPlan, startMs: number): void {
    const startAtMs = this.clock.nowMs() + startMs - this.clock.monotonicMs();
    message.way = { startAtMs, arrivals, reports, arrived: 0, reported: 0 };
  }

  /** An ordinary message is kept as sent at once: one write less. */
  private async acceptDurably(message: Message, startMs: number): Promise<Message> {
    const plan = this.planOf(message, undefined, 0);
    advance(message, 'sent', message.acceptedAtMs);
    this.note(message, plan, startMs);
    message.way!.reported = 1;
    const journey = new Journey(message, plan, startMs, this.parts);
    await this.store.add([message]);
    journey.begin();
    return message;
  }

  /** Begins the way of an ordinary message; its sending is not news to anybody. */
  private send(message: Message, startMs: number): Message {
    const verdict = this.operators.judge(message.phone);
    advance(message, 'sent', message.acceptedAtMs);
    this.keep(message);
    if (verdict.isShared === true) this.wayOf(verdict).begin(message, startMs);
    else new PlainJourney(message, verdict, startMs, this.parts).begin();
    return message;
  }

  private wayOf(verdict: OperatorVerdict): TroddenWay {
    let way = this.ways.get(verdict);
    if (way === undefined) this.ways.set(verdict, (way = new TroddenWay(verdict, this.parts)));
    return way;
  }

  private planOf({ phone, text }: Message, rejectedWith: number | undefined, waitMs: number): DeliveryPlan {
    if (rejectedWith === undefined) return plannedDelivery(this.operators.judge(phone), text, waitMs);
    const reports = [{ afterMs: waitMs, state: 'rejected' as const, error: rejectedWith }];
    return { arrivals: [], reports, isBeforeReply: false };
  }

  private keep(message: Message): void {
    const kept = this.store.update(message);
    kept?.catch((failure: unknown) => {
      this.logger.error('message.not-kept', { id: message.id, failure: String(failure) });
    });
  }
}
