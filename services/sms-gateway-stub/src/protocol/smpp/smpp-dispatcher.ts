import { Injectable } from '@nestjs/common';
import { Exchange, ExchangeRunner, OperationRegistry, type Outcome } from '@poligon/emulator-kit';
import type { FrameRef } from './frame-reader.js';
import { DispatcherTools, OperationTable } from './operation-table.js';
import { PlainSubmits } from './plain-submits.js';
import { decodePdu } from './pdu-decode.codec.js';
import { PduError, textOf, type Pdu } from './pdu.js';
import { ResponseWriter } from './response-writer.js';
import type { SmppHandler, SmppReply } from './smpp-call.js';
import { DELIVER } from './smpp-receipts.js';
import { SmppRecorder, type Begun } from './smpp-recorder.js';
import type { SmppSession } from './smpp-session.js';
import { STATUS } from './tables/command-status.js';
import { SubmitLane, SUBMIT_SM } from './submit-lane.js';

/** A handled kind of request. */
interface Handled {
  readonly operation: string;
  readonly handler: SmppHandler;
}

type Decided = Outcome<SmppReply | number>;

/** Decides what a PDU means: responses settle what waits for them, requests become exchanges. */
@Injectable()
export class SmppDispatcher {
  private readonly handled = new Map<string, Handled>();

  constructor(
    private readonly runner: ExchangeRunner,
    private readonly recorder: SmppRecorder,
    private readonly tools: DispatcherTools,
    private readonly writer: ResponseWriter,
    private readonly plain: PlainSubmits,
    private readonly lane: SubmitLane,
    operations: OperationTable,
    registry: OperationRegistry,
  ) {
    for (const { about, handlers } of operations.all) {
      for (const [command, handler] of Object.entries(handlers)) {
        this.handled.set(command, { operation: `smpp.${command}`, handler });
        registry.add({ operation: `smpp.${command}`, about: about[command] ?? command });
      }
    }
    registry.add({ operation: DELIVER, about: 'sends a receipt or an incoming text to an ESME' });
  }

  /** Takes one whole PDU. Never throws: what is wrong is the sender's to know. */
  received(session: SmppSession, frame: FrameRef, receivedAtMs: number): void {
    if (frame.isResponse) session.awaited.take(frame.sequence)?.settle(frame.status);
    else if (frame.commandId !== SUBMIT_SM || session.mode === undefined)
      this.request(session, frame.kept(), receivedAtMs);
    else if (!this.plain.pass(session, frame, receivedAtMs)) this.submit(session, frame.kept(), receivedAtMs);
  }

  /** An ordinary submit goes the short way, any other the general one. */
  private submit(session: SmppSession, frame: FrameRef, receivedAtMs: number): void {
    const target = this.lane.targetOf(frame);
    if (target === undefined) {
      this.request(session, frame, receivedAtMs);
      return;
    }
    const ordinary = { session, frame, target };
    const exchange = this.lane.exchangeOf(ordinary, receivedAtMs);
    this.decide({ session, frame, exchange }, () => this.lane.start(ordinary, exchange));
  }

  private request(session: SmppSession, frame: FrameRef, receivedAtMs: number): void {
    const pdu = this.decoded(session, frame);
    if (pdu === undefined) return;
    const handled = this.handled.get(pdu.command);
    if (handled === undefined) {
      this.writer.refuse(session, frame, STATUS.ESME_RINVCMDID);
      return;
    }
    if (session.mode === undefined && !pdu.command.startsWith('bind_')) {
      this.writer.refuse(session, frame, STATUS.ESME_RINVBNDSTS);
      return;
    }
    const { operation, handler } = handled;
    const exchange = new Exchange({
      operation,
      subject: this.subject(pdu),
      client: session.account?.login ?? textOf(pdu, 'system_id'),
      receivedAtMs,
      lookup: (path) => pdu.fields[path] ?? pdu.tlvs[path],
    });
    this.decide({ session, frame, exchange }, () =>
      this.runner.start(exchange, () => handler({ pdu, session, exchange })),
    );
  }

  /** Decides about a request in its trace, and answers it. */
  private decide(asked: Omit<Begun, 'span'>, start: () => Decided | Promise<Decided>): void {
    const begun = { ...asked, span: this.recorder.begin(asked.exchange) };
    asked.session.inProgress += 1;
    const outcome = this.recorder.within(begun.span, start);
    if (outcome instanceof Promise) void this.finishLater(begun, outcome);
    else this.finish(begun, outcome);
  }

  private decoded(session: SmppSession, frame: FrameRef): Pdu | undefined {
    try {
      return decodePdu(frame.bytes);
    } catch (failure) {
      if (!(failure instanceof PduError)) throw failure;
      this.writer.refuse(session, frame, STATUS[failure.status]);
      this.recorder.malformed(session, failure.status, failure.message);
      return undefined;
    }
  }

  private async finishLater(begun: Begun, pending: Promise<Decided>): Promise<void> {
    let outcome: Decided;
    try {
      outcome = await pending;
    } catch (failure) {
      outcome = { kind: 'fail', code: this.codeOf(failure, begun.exchange.operation), detail: {} };
    }
    this.finish(begun, outcome);
  }

  private finish(begun: Begun, outcome: Decided): void {
    begun.session.inProgress -= 1;
    this.recorder.ended(begun, outcome.kind, this.writer.answer(begun, outcome));
  }

  private codeOf(failure: unknown, operation: string): string {
    if (failure instanceof PduError) return failure.status;
    this.tools.logger.error('exchange.failed', {
      operation,
      failure: failure instanceof Error ? failure.stack : String(failure),
    });
    return 'ESME_RSYSERR';
  }

  private subject(pdu: Pdu): string | undefined {
    const address = textOf(pdu, 'destination_addr');
    return address === '' ? undefined : this.tools.addresses.subjectOf(address);
  }
}
