import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG,
  Exchange,
  ExchangeMetrics,
  ExchangeRunner,
  Journal,
  ResetOnAdmin,
  Tracing,
  type Outcome,
  type Resettable,
} from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import { isFinal, type Message } from '../../domain/message.js';
import { CALLBACK_COPIES } from '../../flow/callback-sender.js';
import { ReceiptDesk, type IncomingText, type ReceiptDoor } from '../../flow/receipt-desk.js';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import { deliveriesOf } from './incoming.codec.js';
import { PduDelivery, type Delivery } from './delivery.js';
import { messageIdText } from './message-id.js';
import { Outbox } from './outbox.js';
import { PlainReceipt } from './plain-receipt.js';
import { MESSAGE_STATE, receiptText } from './receipt.codec.js';
import type { SmppReturn } from './smpp-return.js';
import { AddressBook } from './address-book.js';
import { receiptTricks, type ReceiptDraft } from './smpp-tricks.js';

/** esm_class of deliver_sm. */
const RECEIPT = 0x04;
const INTERMEDIATE = 0x20;
const WANTS_INTERMEDIATE = 0x10;
/** network_error_code type of a GSM network. */
const GSM = 3;
/** Receipts that wait for an ESME that is bound, by the messages kept: one that was held up for a second or two loses none. */
const BACKLOG = 5;
/** Operation name of what the server sends by itself. */
export const DELIVER = 'smpp.deliver_sm';
const SPAN_ATTRIBUTES = { 'network.protocol.name': 'smpp', 'poligon.operation': DELIVER };

/** Sends receipts and incoming texts as deliver_sm to whoever is bound as receiver. */
@Injectable()
@ResetOnAdmin()
export class SmppReceipts implements ReceiptDoor, Resettable {
  private readonly outboxes = new Map<string, Outbox>();
  private readonly radix: 10 | 16;
  private incomingReference = 0;

  constructor(
    desk: ReceiptDesk,
    private readonly runner: ExchangeRunner,
    private readonly metrics: ExchangeMetrics,
    private readonly journal: Journal,
    private readonly wheel: TimingWheel,
    private readonly addresses: AddressBook,
    private readonly tracing: Tracing,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {
    this.radix = config.smppIdForm === 'hex' ? 16 : 10;
    desk.add('smpp', this);
  }

  /** Outboxes by system_id. */
  get all(): ReadonlyMap<string, Outbox> {
    return this.outboxes;
  }

  outbox(systemId: string): Outbox {
    let found = this.outboxes.get(systemId);
    if (found === undefined) {
      const { smppQueue: queue, smppWindow: window, maxMessages } = this.config;
      const limits = { queue, window, backlog: BACKLOG * maxMessages };
      found = new Outbox(
        limits,
        (delayMs, action) => this.wheel.after(delayMs, { run: action }),
        () => this.tracing.beginCall(DELIVER, SPAN_ATTRIBUTES),
      );
      this.outboxes.set(systemId, found);
    }
    return found;
  }

  report(message: Message): void {
    const returnTo = message.returnTo as SmppReturn | undefined;
    if (returnTo === undefined || !isWanted(returnTo.registeredDelivery, message)) return;
    if (this.runner.isPlain(DELIVER)) {
      const startMs = this.wheel.clock.monotonicMs();
      this.outbox(message.account).push(new PlainReceipt(message, this.radix));
      this.metrics.passed(DELIVER, 'reply', this.wheel.clock.monotonicMs() - startMs);
      return;
    }
    const exchange = this.exchange(message.phone, message.account);
    const outcome = this.runner.start(exchange, () => undefined);
    if (!(outcome instanceof Promise) && exchange.fired.length === 0) {
      this.outbox(message.account).push(new PlainReceipt(message, this.radix));
      this.ended(exchange, 'reply');
      return;
    }
    // The message may move on while a fault holds the receipt back.
    const snapshot = { ...message };
    void this.pass(exchange, outcome, message.phone, () => this.receipt(snapshot, returnTo, exchange));
  }

  incoming(text: IncomingText): number {
    const targets = [...this.outboxes].filter(
      ([systemId, { receivers }]) => receivers.length > 0 && (text.account ?? systemId) === systemId,
    );
    this.incomingReference += 1;
    for (const delivery of deliveriesOf(text, this.incomingReference, this.config.isSmppGsmPacked)) {
      for (const [systemId] of targets) {
        const exchange = this.exchange(text.phone, systemId);
        const outcome = this.runner.start(exchange, () => undefined);
        void this.pass(exchange, outcome, text.phone, () => new PduDelivery(delivery.fields, delivery.tlvs));
      }
    }
    return targets.length;
  }

  reset(): void {
    for (const outbox of this.outboxes.values()) outbox.clear();
  }

  /** Takes a delivery through the fault gate; rules may delay it, lose it or send it twice. */
  private async pass(
    exchange: Exchange,
    pending: Outcome<undefined> | Promise<Outcome<undefined>>,
    phone: string,
    make: () => Delivery,
  ): Promise<void> {
    const outcome = await pending;
    if (outcome.kind === 'reply') {
      const copies = exchange.hinted(CALLBACK_COPIES) === true ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) this.outbox(exchange.client!).push(make());
    }
    this.ended(exchange, outcome.kind);
    // A receipt is seen in the message's state; the journal tells of those that a rule touched.
    if (exchange.fired.length > 0) {
      this.journal.record(exchange, outcome.kind, { command: 'deliver_sm', phone });
    }
  }

  private exchange(phone: string, systemId: string): Exchange {
    const receivedAtMs = this.wheel.clock.monotonicMs();
    return new Exchange({
      operation: DELIVER,
      subject: this.addresses.subjectOf(phone),
      client: systemId,
      receivedAtMs,
    });
  }

  private ended(exchange: Exchange, outcome: string): void {
    this.metrics.ended(exchange, outcome, this.wheel.clock.monotonicMs() - exchange.receivedAtMs);
  }

  private receipt(message: Message, returnTo: SmppReturn, exchange: Exchange): Delivery {
    const draft = this.draft(message, returnTo);
    for (const trick of receiptTricks(exchange)) trick(draft);
    const text = receiptText(message, draft);
    const { source, destination, session } = returnTo;
    return new PduDelivery(
      {
        source_addr_ton: destination.ton,
        source_addr_npi: destination.npi,
        source_addr: destination.address,
        dest_addr_ton: source.ton,
        dest_addr_npi: source.npi,
        destination_addr: source.address,
        esm_class: isFinal(message.state) ? RECEIPT : INTERMEDIATE,
        data_coding: draft.dataCoding,
        short_message: draft.isUcs2 ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'latin1'),
      },
      draft.tlvs,
      draft.isElsewhere ? session : undefined,
    );
  }

  private draft(message: Message, { sharedId }: SmppReturn): ReceiptDraft {
    const id = messageIdText(sharedId ?? message.id, this.config.smppIdForm);
    const tlvs: ReceiptDraft['tlvs'] = {
      receipted_message_id: id,
      message_state: MESSAGE_STATE[message.state][0],
    };
    if (message.error !== 0) tlvs['network_error_code'] = Buffer.from([GSM, message.error >> 8, message.error & 0xff]);
    const isHexId = this.config.smppIdForm === 'hex';
    return {
      id,
      isHexId,
      hasSeconds: false,
      textLabel: 'text',
      dataCoding: 0,
      isUcs2: false,
      tlvs,
      isElsewhere: false,
    };
  }
}

/** Registered delivery (3.4 section 5.2.17): 1 success and failure, 2 failure, 3 success; 0x10 intermediate as well. */
function isWanted(registered: number, { state }: Message): boolean {
  if (!isFinal(state)) return state === 'sent' && (registered & WANTS_INTERMEDIATE) !== 0;
  // Reading is not a state of SMPP: the receipt left when the message was delivered.
  if (state === 'read') return false;
  switch (registered & 3) {
    case 1:
      return true;
    case 2:
      return state !== 'delivered';
    case 3:
      return state === 'delivered';
    default:
      return false;
  }
}
