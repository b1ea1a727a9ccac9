import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ExchangeMetrics, Journal, Tracing, type Exchange } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import type { FrameRef } from './frame-reader.js';
import { PduCapture } from './pdu-capture.js';
import type { SmppSession } from './smpp-session.js';

/** The span of an exchange, when one is recorded. */
export type SmppSpan = ReturnType<Tracing['startExchange']>;

/** A request whose exchange has begun. */
export interface Begun {
  readonly session: SmppSession;
  readonly frame: FrameRef;
  readonly exchange: Exchange;
  readonly span: SmppSpan;
}

/** Metrics, spans and journal of SMPP requests. */
@Injectable()
export class SmppRecorder {
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

  /** `status` is the command_status that left, undefined when nothing did. */
  ended({ session, frame, exchange, span }: Begun, outcome: string, status: number | undefined): void {
    this.metrics.ended(exchange, outcome, this.wheel.clock.monotonicMs() - exchange.receivedAtMs);
    this.tracing.endExchange(span, exchange, outcome);
    const capture = new PduCapture(frame, status, this.config.journalBodyBytes, session.id);
    const wire = capture as unknown as Readonly<Record<string, unknown>>;
    this.journal.record(exchange, outcome, wire, this.tracing.traceIdOf(span));
  }

  /** A PDU that could not be decoded. */
  malformed({ peer }: SmppSession, status: string, reason: string): void {
    this.journal.note('smpp.malformed', status, { reason, peer });
  }
}
