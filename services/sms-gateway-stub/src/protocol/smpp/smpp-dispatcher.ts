import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG,
  Exchange,
  ExchangeMetrics,
  ExchangeRunner,
  Journal,
  OperationRegistry,
  Tracing,
  type Outcome,
} from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import { DispatcherTools, OperationTable } from './operation-table.js';
import { decodePdu } from './pdu-decode.codec.js';
import { encodePdu } from './pdu-encode.codec.js';
import { PduError, textOf, type Pdu } from './pdu.js';
import { PduCapture } from './pdu-capture.js';
import type { SmppHandler, SmppReply } from './smpp-call.js';
import { DELIVER } from './smpp-receipts.js';
import type { SmppSession } from './smpp-session.js';
import { wireTrick } from './smpp-tricks.js';
import { statusOf } from './smpp.errors.js';
import { STATUS } from './tables/command-status.js';
import { commandOf, RESPONSE } from './tables/commands.js';

/** A handled kind of request. */
interface Handled {
  readonly operation: string;
  readonly handler: SmppHandler;
}

/** Decides what a PDU means: responses settle what waits for them, requests become exchanges. */
@Injectable()
export class SmppDispatcher {
  private readonly handled = new Map<string, Handled>();

  constructor(
    private readonly runner: ExchangeRunner,
    private readonly metrics: ExchangeMetrics,
    private readonly journal: Journal,
    private readonly tracing: Tracing,
    private readonly tools: DispatcherTools,
    operations: OperationTable,
    registry: OperationRegistry,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'journalBodyBytes'>,
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
  received(session: SmppSession, frame: Buffer, receivedAtMs: number): void {
    const id = frame.readUInt32BE(4);
    if (id >= RESPONSE) {
      this.settle(session, frame);
      return;
    }
    const pdu = this.decoded(session, frame, id);
    if (pdu === undefined) return;
    const handled = this.handled.get(pdu.command);
    if (handled === undefined) {
      this.refuse(session, id, pdu.sequence, STATUS.ESME_RINVCMDID);
      return;
    }
    if (session.mode === undefined && !pdu.command.startsWith('bind_')) {
      this.refuse(session, id, pdu.sequence, STATUS.ESME_RINVBNDSTS);
      return;
    }
    void this.handle({ session, pdu, frame, receivedAtMs }, handled);
  }

  private decoded(session: SmppSession, frame: Buffer, id: number): Pdu | undefined {
    try {
      return decodePdu(frame);
    } catch (failure) {
      if (!(failure instanceof PduError)) throw failure;
      this.refuse(session, id, frame.readUInt32BE(12), STATUS[failure.status]);
      this.journal.note('smpp.malformed', failure.status, { reason: failure.message, peer: session.peer });
      return undefined;
    }
  }

  /** The request's response with an error, generic_nack when there is no such request. */
  private refuse(session: SmppSession, id: number, sequence: number, status: number): void {
    const response = commandOf((id | RESPONSE) >>> 0);
    const command = commandOf(id) === undefined ? undefined : response?.name;
    session.send(encodePdu({ command: command ?? 'generic_nack', status, sequence }));
  }

  private settle(session: SmppSession, frame: Buffer): void {
    const sequence = frame.readUInt32BE(12);
    const awaited = session.awaited.get(sequence);
    if (awaited === undefined) return;
    session.awaited.delete(sequence);
    awaited.settle(frame.readUInt32BE(8));
  }

  private async handle(call: IncomingPdu, { operation, handler }: Handled): Promise<void> {
    const { session, pdu, receivedAtMs } = call;
    const exchange = new Exchange({
      operation,
      subject: this.subject(pdu),
      client: session.account?.login ?? textOf(pdu, 'system_id'),
      receivedAtMs,
      lookup: (path) => pdu.fields[path] ?? pdu.tlvs[path],
    });
    const span = this.tracing.startExchange(exchange, undefined);
    session.inProgress += 1;
    let outcome: Outcome<SmppReply>;
    try {
      outcome = await this.runner.run(exchange, () => handler({ pdu, session, exchange }));
    } catch (failure) {
      outcome = { kind: 'fail', code: this.codeOf(failure, operation), detail: {} };
    }
    session.inProgress -= 1;
    const status = this.answer(call, exchange, outcome);
    const durationMs = this.tools.wheel.clock.monotonicMs() - receivedAtMs;
    this.metrics.ended(exchange, outcome.kind, durationMs);
    this.tracing.endExchange(span, exchange, outcome.kind);
    const capture = new PduCapture(call.frame, status, this.config.journalBodyBytes, session.id);
    this.journal.record(
      exchange,
      outcome.kind,
      capture as unknown as Readonly<Record<string, unknown>>,
      this.tracing.traceIdOf(span),
    );
  }

  /** Writes what was decided; the command_status that left, or undefined when nothing did. */
  private answer(
    { session, pdu, frame }: IncomingPdu,
    exchange: Exchange,
    outcome: Outcome<SmppReply>,
  ): number | undefined {
    if (outcome.kind === 'drop') {
      if (outcome.mode === 'reset') session.reset();
      if (outcome.mode === 'empty-reply') session.close();
      return undefined;
    }
    const command = commandOf((frame.readUInt32BE(4) | RESPONSE) >>> 0)!.name;
    const { sequence } = pdu;
    const trick = wireTrick(exchange);
    if (outcome.kind === 'reply') {
      const { fields = {}, tlvs, afterwards } = outcome.value;
      session.respond(encodePdu({ command, sequence, fields, tlvs }), trick);
      afterwards?.();
      return STATUS.ESME_ROK;
    }
    const status = outcome.kind === 'fail' ? statusOf(outcome.code) : outcome.status;
    session.respond(encodePdu({ command, sequence, status }), trick);
    return status;
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
    return address === '' ? undefined : this.tools.subjects.subjectOf(address);
  }
}

interface IncomingPdu {
  readonly session: SmppSession;
  readonly pdu: Pdu;
  readonly frame: Buffer;
  readonly receivedAtMs: number;
}
