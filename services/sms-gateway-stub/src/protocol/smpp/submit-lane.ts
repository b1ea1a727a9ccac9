import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Exchange, ExchangeRunner, ProtocolError, type Outcome } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import { isPlainAscii } from '../../domain/gsm-alphabet.js';
import type { Message } from '../../domain/message.js';
import { Gateway } from '../../flow/gateway.js';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import { AddressBook, type KnownAddress } from './address-book.js';
import type { FrameRef } from './frame-reader.js';
import { decodeText } from './message-text.codec.js';
import { SubmitLimits } from './operations/submit-limits.js';
import { SubmitOperations } from './operations/submit.operations.js';
import { decodePdu } from './pdu-decode.codec.js';
import type { SmppReply } from './smpp-call.js';
import type { SmppReturn } from './smpp-return.js';
import type { SmppSession } from './smpp-session.js';
import { isOriginAt, submitOrigin, type SubmitOrigin } from './submit-origin.js';
import { SubmitView } from './submit-view.js';
import { smppRefusals } from './smpp.errors.js';

/** Operation name of a submit. */
export const SUBMIT = 'smpp.submit_sm';
export const SUBMIT_SM = 4;

/** An ordinary submit on its way. */
export interface OrdinarySubmit {
  readonly session: SmppSession;
  readonly frame: FrameRef;
  readonly target: KnownAddress;
}

type Answered = Outcome<SmppReply | number>;

/**
 * The way of ordinary submits: what the general way does, without a decoded PDU, a list of one recipient and a plan of one arrival. Whatever
 * is not ordinary, and whatever a rule touches, goes the general way.
 */
@Injectable()
export class SubmitLane {
  private readonly view = new SubmitView();

  constructor(
    private readonly runner: ExchangeRunner,
    private readonly gateway: Gateway,
    private readonly addresses: AddressBook,
    private readonly limits: SubmitLimits,
    private readonly submits: SubmitOperations,
    private readonly wheel: TimingWheel,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'isSmppGsmPacked'>,
  ) {}

  exchangeOf({ session, frame, target }: OrdinarySubmit, receivedAtMs: number): Exchange {
    return new Exchange({
      operation: SUBMIT,
      subject: target.subject,
      client: session.account!.login,
      receivedAtMs,
      lookup: (path) => fieldOf(frame, path),
    });
  }

  /** How the submit last asked about ends, at once unless something has to be waited for. A number as the answer is the message's. */
  start({ session, frame, target }: OrdinarySubmit, exchange: Exchange): Answered | Promise<Answered> {
    // The view serves the next submit once this call has returned.
    let isNow = true;
    const outcome = this.runner.start<SmppReply | number>(exchange, () =>
      isNow && exchange.fired.length === 0
        ? this.accept(session, target, this.wheel.clock.monotonicMs())
        : this.submits.handlers['submit_sm']!({ pdu: decodePdu(frame.bytes), session, exchange }),
    );
    isNow = false;
    return outcome;
  }

  /** Whom an ordinary submit is for; undefined for any other. It can be started or accepted until the next one is asked about. */
  targetOf(frame: FrameRef): KnownAddress | undefined {
    const { view } = this;
    if (!view.read(frame)) return undefined;
    const address = view.stream.toString('latin1', view.addressFrom, view.addressTo);
    const target = this.addresses.at(view.ton, view.npi, address);
    return target.phone === undefined ? undefined : target;
  }

  /**
   * The number of the accepted message, which begins its way at `startMs`.
   * @throws ProtocolError when the account may not send this
   */
  accept(session: SmppSession, target: KnownAddress, startMs: number): number | Promise<number> {
    this.limits.require(session, 1);
    const { serviceType, source } = this.originOf(session);
    const returnTo: SmppReturn = {
      source,
      destination: target,
      serviceType,
      registeredDelivery: this.view.registered,
      session,
      sharedId: undefined,
    };
    const accepted = this.gateway.acceptOne({
      account: session.account!,
      phone: target.phone!,
      sender: source.address,
      text: this.text(),
      returnTo,
      startMs,
    });
    if (typeof accepted === 'string') throw new ProtocolError(smppRefusals[accepted] ?? 'ESME_RSUBMITFAIL');
    session.submits += 1;
    return accepted instanceof Promise ? accepted.then(idOf) : accepted.id;
  }

  private text(): string {
    const { stream, textFrom, textTo, coding } = this.view;
    const { isSmppGsmPacked } = this.config;
    const isAscii = coding === 0 && !isSmppGsmPacked && isPlainAscii(stream, textFrom, textTo);
    if (isAscii) return stream.toString('latin1', textFrom, textTo);
    return decodeText(stream.subarray(textFrom, textTo), coding, isSmppGsmPacked ? 0 : undefined);
  }

  private originOf(session: SmppSession): SubmitOrigin {
    const { stream, originFrom, originTo } = this.view;
    const last = session.origin;
    if (last !== undefined && isOriginAt(last, stream, originFrom, originTo)) return last;
    return (session.origin = submitOrigin(stream, originFrom, originTo));
  }
}

const idOf = ({ id }: Message): number => id;

function fieldOf(frame: FrameRef, path: string): unknown {
  const { fields, tlvs } = decodePdu(frame.bytes);
  return fields[path] ?? tlvs[path];
}
