import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Exchange, ExchangeRunner, ProtocolError, type Outcome } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import type { Message } from '../../domain/message.js';
import { Gateway } from '../../flow/gateway.js';
import { AddressBook, type KnownAddress } from './address-book.js';
import type { FrameRef } from './frame-reader.js';
import { decodeText } from './message-text.codec.js';
import { SubmitLimits } from './operations/submit-limits.js';
import { SubmitOperations } from './operations/submit.operations.js';
import { decodePdu } from './pdu-decode.codec.js';
import type { SmppReply } from './smpp-call.js';
import { messageIdText } from './smpp-receipts.js';
import type { SmppAddress, SmppReturn } from './smpp-return.js';
import type { SmppSession } from './smpp-session.js';
import { SubmitView } from './submit-view.js';
import { smppRefusals } from './smpp.errors.js';

/** Operation name of a submit. */
export const SUBMIT = 'smpp.submit_sm';
export const SUBMIT_SM = 4;

/** Who sends: the same for nearly all submits of a connection. */
interface Origin {
  readonly octets: Buffer;
  readonly serviceType: string;
  readonly source: SmppAddress;
}

/** A submit taken: its exchange and how it ended, at once unless something has to be waited for. */
export interface TakenSubmit {
  readonly exchange: Exchange;
  readonly outcome: Outcome<SmppReply | number> | Promise<Outcome<SmppReply | number>>;
}

/**
 * The way of ordinary submits: what the general way does, without a decoded PDU, a list of one recipient and a plan of one arrival. Whatever
 * is not ordinary, and whatever a rule touches, goes the general way.
 */
@Injectable()
export class SubmitLane {
  private readonly view = new SubmitView();
  private readonly origins = new WeakMap<SmppSession, Origin>();

  constructor(
    private readonly runner: ExchangeRunner,
    private readonly gateway: Gateway,
    private readonly addresses: AddressBook,
    private readonly limits: SubmitLimits,
    private readonly submits: SubmitOperations,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'smppIdForm'>,
  ) {}

  /** Undefined when the PDU has to go the general way. A number as the answer is the message's. */
  take(session: SmppSession, frame: FrameRef, receivedAtMs: number): TakenSubmit | undefined {
    const { view } = this;
    if (!view.read(frame)) return undefined;
    const target = this.addresses.at(
      view.ton,
      view.npi,
      view.stream.toString('latin1', view.addressFrom, view.addressTo),
    );
    if (target.phone === undefined) return undefined;
    const exchange = new Exchange({
      operation: SUBMIT,
      subject: target.subject,
      client: session.account!.login,
      receivedAtMs,
      lookup: (path) => fieldOf(frame, path),
    });
    // The view serves the next submit once this call has returned.
    let isNow = true;
    const outcome = this.runner.start<SmppReply | number>(exchange, () =>
      isNow && exchange.fired.length === 0
        ? this.accept(session, target)
        : this.submits.handlers['submit_sm']!({ pdu: decodePdu(frame.bytes), session, exchange }),
    );
    isNow = false;
    return { exchange, outcome };
  }

  /** Text of a message_id. */
  idText(id: number): string {
    return messageIdText(id, this.config.smppIdForm);
  }

  /** @throws ProtocolError when the account may not send this */
  private accept(session: SmppSession, target: KnownAddress): number | Promise<number> {
    this.limits.require(session, 1);
    const { view } = this;
    const { serviceType, source } = this.originOf(session);
    const returnTo: SmppReturn = {
      source,
      destination: target,
      serviceType,
      registeredDelivery: view.registered,
      session,
      sharedId: undefined,
    };
    const text = decodeText(view.stream.subarray(view.textFrom, view.textTo), view.coding);
    const sent = { account: session.account!, phone: target.phone!, sender: source.address, text, returnTo };
    const accepted = this.gateway.acceptOne(sent);
    if (typeof accepted === 'string') throw new ProtocolError(smppRefusals[accepted] ?? 'ESME_RSUBMITFAIL');
    session.submits += 1;
    return accepted instanceof Promise ? accepted.then(idOf) : accepted.id;
  }

  private originOf(session: SmppSession): Origin {
    const { stream, originFrom, originTo } = this.view;
    const last = this.origins.get(session);
    const isSame = last?.octets.compare(stream, originFrom, originTo) === 0;
    if (last !== undefined && isSame) return last;
    const octets = Buffer.from(stream.subarray(originFrom, originTo));
    const at = octets.indexOf(0);
    const origin = {
      octets,
      serviceType: octets.toString('latin1', 0, at),
      source: {
        ton: octets[at + 1]!,
        npi: octets[at + 2]!,
        address: octets.toString('latin1', at + 3, octets.length - 1),
      },
    };
    this.origins.set(session, origin);
    return origin;
  }
}

const idOf = ({ id }: Message): number => id;

function fieldOf(frame: FrameRef, path: string): unknown {
  const { fields, tlvs } = decodePdu(frame.bytes);
  return fields[path] ?? tlvs[path];
}
