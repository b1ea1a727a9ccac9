import { Injectable } from '@nestjs/common';
import type { Exchange, Outcome } from '@poligon/emulator-kit';
import type { FrameRef } from './frame-reader.js';
import { encodePdu } from './pdu-encode.codec.js';
import type { SmppReply } from './smpp-call.js';
import type { SmppSession } from './smpp-session.js';
import { SubmitLane, SUBMIT_SM } from './submit-lane.js';
import { wireTrick, type WireTrick } from './smpp-tricks.js';
import { statusOf } from './smpp.errors.js';
import { STATUS } from './tables/command-status.js';
import { commandOf, RESPONSE } from './tables/commands.js';

/** A request to be answered. */
interface Asked {
  readonly session: SmppSession;
  readonly frame: FrameRef;
  readonly exchange: Exchange;
}

const HEADER_BYTES = 16;

/** Writes what was decided about requests. */
@Injectable()
export class ResponseWriter {
  constructor(private readonly lane: SubmitLane) {}

  /** The request's response with an error, generic_nack when there is no such request. */
  refuse(session: SmppSession, frame: FrameRef, status: number): void {
    const id = frame.commandId;
    const response = commandOf((id | RESPONSE) >>> 0);
    const command = commandOf(id) === undefined ? undefined : response?.name;
    session.send(encodePdu({ command: command ?? 'generic_nack', status, sequence: frame.sequence }));
  }

  /** The command_status that left, or undefined when nothing did. */
  answer({ session, frame, exchange }: Asked, outcome: Outcome<SmppReply | number>): number | undefined {
    if (outcome.kind === 'drop') {
      if (outcome.mode === 'reset') session.reset();
      if (outcome.mode === 'empty-reply') session.close();
      return undefined;
    }
    const trick = wireTrick(exchange);
    if (outcome.kind === 'reply') {
      this.reply({ session, frame, exchange }, outcome.value, trick);
      return STATUS.ESME_ROK;
    }
    const status = outcome.kind === 'fail' ? statusOf(outcome.code) : outcome.status;
    session.respond(encodePdu({ command: nameOf(frame), sequence: frame.sequence, status }), trick);
    return status;
  }

  private reply({ session, frame }: Asked, value: SmppReply | number, trick: WireTrick | undefined): void {
    if (typeof value === 'number' && trick === undefined && !session.isHolding) {
      writeSubmitted(session, frame.sequence, this.lane.idText(value));
      return;
    }
    const { fields = {}, tlvs, afterwards } = typeof value === 'number' ? this.described(value) : value;
    session.respond(encodePdu({ command: nameOf(frame), sequence: frame.sequence, fields, tlvs }), trick);
    afterwards?.();
  }

  private described(id: number): SmppReply {
    return { fields: { message_id: this.lane.idText(id) } };
  }
}

const nameOf = (frame: FrameRef): string => commandOf((frame.commandId | RESPONSE) >>> 0)!.name;

/** submit_sm_resp, written where it leaves. */
function writeSubmitted(session: SmppSession, sequence: number, id: string): void {
  if (session.isClosed) return;
  const bytes = HEADER_BYTES + id.length + 1;
  const output = session.room(bytes);
  const buffer = output.room(bytes);
  const from = output.used;
  buffer.writeUInt32BE(bytes, from);
  buffer.writeUInt32BE((SUBMIT_SM | RESPONSE) >>> 0, from + 4);
  buffer.writeUInt32BE(STATUS.ESME_ROK, from + 8);
  buffer.writeUInt32BE(sequence, from + 12);
  buffer.write(id, from + HEADER_BYTES, id.length, 'latin1');
  buffer[from + bytes - 1] = 0;
  output.used = from + bytes;
  session.wrote();
}
