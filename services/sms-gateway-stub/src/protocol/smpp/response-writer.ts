import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Exchange, type Outcome } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import type { FrameRef } from './frame-reader.js';
import { encodePdu } from './pdu-encode.codec.js';
import type { SmppReply } from './smpp-call.js';
import type { SmppSession } from './smpp-session.js';
import { messageIdText } from './message-id.js';
import { putNumber, putUInt32 } from './octets.js';
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
const SUBMIT_SM_RESP = 0x80000004;
/** More than a response with a message_id takes. */
const MAX_SUBMITTED = HEADER_BYTES + 20;

/** Writes what was decided about requests. */
@Injectable()
export class ResponseWriter {
  private readonly radix: 10 | 16;

  constructor(@Inject(CONFIG) private readonly config: Pick<SmsConfig, 'smppIdForm'>) {
    this.radix = config.smppIdForm === 'hex' ? 16 : 10;
  }

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

  /** submit_sm_resp of an accepted message, written where it leaves. */
  submitted(session: SmppSession, sequence: number, id: number): void {
    if (session.isClosed) return;
    const output = session.room(MAX_SUBMITTED);
    const { octets, used } = output;
    const end = putNumber(octets, used + HEADER_BYTES, id, this.radix);
    octets[end] = 0;
    putUInt32(octets, used, end + 1 - used);
    putUInt32(octets, used + 4, SUBMIT_SM_RESP);
    putUInt32(octets, used + 8, STATUS.ESME_ROK);
    putUInt32(octets, used + 12, sequence);
    output.used = end + 1;
    session.wrote();
  }

  private reply({ session, frame }: Asked, value: SmppReply | number, trick: WireTrick | undefined): void {
    if (typeof value === 'number' && trick === undefined && !session.isHolding) {
      this.submitted(session, frame.sequence, value);
      return;
    }
    const { fields = {}, tlvs, afterwards } = typeof value === 'number' ? this.described(value) : value;
    session.respond(encodePdu({ command: nameOf(frame), sequence: frame.sequence, fields, tlvs }), trick);
    afterwards?.();
  }

  private described(id: number): SmppReply {
    return { fields: { message_id: messageIdText(id, this.config.smppIdForm) } };
  }
}

const nameOf = (frame: FrameRef): string => commandOf((frame.commandId | RESPONSE) >>> 0)!.name;
