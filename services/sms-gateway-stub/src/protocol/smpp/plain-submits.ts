import { Injectable } from '@nestjs/common';
import { ExchangeRunner, Logger, ProtocolError } from '@poligon/emulator-kit';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import { MessageStore } from '../../state/message.store.js';
import type { KnownAddress } from './address-book.js';
import type { FrameRef } from './frame-reader.js';
import { ResponseWriter } from './response-writer.js';
import { SmppRecorder } from './smpp-recorder.js';
import type { SmppSession } from './smpp-session.js';
import { statusOf } from './smpp.errors.js';
import { SUBMIT, SubmitLane } from './submit-lane.js';
import { STATUS } from './tables/command-status.js';

/** Ordinary submits while nothing is set for them: no rule, no baseline, no trace, no database. Answered at once, nothing made that is not kept. */
@Injectable()
export class PlainSubmits {
  constructor(
    private readonly runner: ExchangeRunner,
    private readonly lane: SubmitLane,
    private readonly writer: ResponseWriter,
    private readonly recorder: SmppRecorder,
    private readonly store: MessageStore,
    private readonly wheel: TimingWheel,
    private readonly logger: Logger,
  ) {}

  /** Answers a submit; false when it has to go another way. */
  pass(session: SmppSession, frame: FrameRef, receivedAtMs: number): boolean {
    if (this.store.isDurable || session.isHolding || !this.runner.isPlain(SUBMIT)) return false;
    const target = this.lane.targetOf(frame);
    if (target === undefined) return false;
    const nowMs = this.wheel.clock.monotonicMs();
    session.inProgress += 1;
    const answer = this.answerTo(session, target, nowMs);
    session.inProgress -= 1;
    const isAccepted = typeof answer === 'number';
    const status = isAccepted ? STATUS.ESME_ROK : statusOf(answer);
    if (isAccepted) this.writer.submitted(session, frame.sequence, answer);
    else this.writer.refuse(session, frame, status);
    this.recorder.passed(session, frame, { target, status, durationMs: nowMs - receivedAtMs });
    return true;
  }

  /** Number of the message, or the name of the command_status. */
  private answerTo(session: SmppSession, target: KnownAddress, nowMs: number): number | string {
    try {
      // Without a database nothing has to be waited for.
      return this.lane.accept(session, target, nowMs) as number;
    } catch (failure) {
      if (failure instanceof ProtocolError) return failure.code;
      this.logger.error('exchange.failed', {
        operation: SUBMIT,
        failure: failure instanceof Error ? failure.stack : String(failure),
      });
      return 'ESME_RSYSERR';
    }
  }
}
