import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ExchangeMetrics, Journal, Tracing, type Exchange } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import type { KnownAddress } from './address-book.js';
import type { FrameRef } from './frame-reader.js';
import { PduCapture } from './pdu-capture.js';
import type { SmppSession } from './smpp-session.js';
import { SUBMIT } from './submit-lane.js';
import { STATUS } from './tables/command-status.js';

/** The span of an exchange, when one is recorded. */
export type SmppSpan = ReturnType<Tracing['startExchange']>;

/** A request whose exchange has begun. */
export interface Begun {
  readonly session: SmppSession;
  readonly frame: FrameRef;
  readonly exchange: Exchange;
  readonly span: SmppSpan;
}

/** How a submit that needed no exchange ended. */
export interface PassedSubmit {
  readonly target: KnownAddress;
  readonly status: number;
  readonly durationMs: number;
}

/** Metrics, spans and journal of SMPP requests. */
@Injectable()
export class SmppRecorder {
  /** The journal reads it at once: one serves all submits. */
  private readonly call = {
    operation: SUBMIT,
    subject: '' as string | undefined,
    client: '',
    outcome: '',
    actualMs: 0,
  };

  constructor(
    private readonly metrics: ExchangeMetrics,
    private readonly journal: Journal,
    private readonly tracing: Tracing,
    private readonly wheel: TimingWheel,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'journalBodyBytes'>,
  ) {}

  begin(exchange: Exchange): SmppSpan {
    return this.tracing.startExchange(exchange, undefined);
  }

  /** Runs `action` in the trace of the exchange. */
  within<T>(span: SmppSpan, action: () => T): T {
    return this.tracing.within(span, action);
  }

  /** `status` is the command_status that left, undefined when nothing did. */
  ended({ session, frame, exchange, span }: Begun, outcome: string, status: number | undefined): void {
    this.metrics.ended(exchange, outcome, this.wheel.clock.monotonicMs() - exchange.receivedAtMs);
    this.tracing.endExchange(span, exchange, outcome);
    this.journal.record(exchange, outcome, this.capture(session, frame, status), this.tracing.traceIdOf(span));
  }

  /** A submit that was answered at once and without an exchange. */
  passed(session: SmppSession, frame: FrameRef, { target, status, durationMs }: PassedSubmit): void {
    const { call } = this;
    call.subject = target.subject;
    call.client = session.account!.login;
    call.outcome = status === STATUS.ESME_ROK ? 'reply' : 'fail';
    call.actualMs = durationMs;
    this.metrics.passed(SUBMIT, call.outcome, durationMs);
    this.journal.pass(call, this.capture(session, frame, status));
  }

  /** A PDU that could not be decoded. */
  malformed({ peer }: SmppSession, status: string, reason: string): void {
    this.journal.note('smpp.malformed', status, { reason, peer });
  }
  private capture({ id }: SmppSession, frame: FrameRef, status: number | undefined): Readonly<Record<string, unknown>> {
    return new PduCapture(frame, status, this.config.journalBodyBytes, id) as unknown as Readonly<
      Record<string, unknown>
    >;
  }
}
