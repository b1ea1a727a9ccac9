import { isFinal, type Message, type MessageState } from '../../domain/message.js';
import { Delivery } from './delivery.js';
import { MESSAGE_STATE, receiptText } from './receipt.codec.js';
import type { SmppReturn } from './smpp-return.js';
import type { SmppSession } from './smpp-session.js';

const DELIVER_SM = 5;
const HEADER_BYTES = 16;
/** esm_class of a receipt, of an intermediate one. */
const [RECEIPT, INTERMEDIATE] = [0x04, 0x20];
const RECEIPTED_MESSAGE_ID = 0x001e;
const NETWORK_ERROR_CODE = 0x0423;
const MESSAGE_STATE_TAG = 0x0427;
/** network_error_code type of a GSM network. */
const GSM = 3;
/** Longest address and text that fit their fields. */
const [MAX_ADDRESS, MAX_TEXT] = [20, 254];

/** A receipt no rule has touched, as the message was when it was made; its octets are written where they leave. */
export class PlainReceipt extends Delivery {
  private readonly state: MessageState;
  private readonly error: number;
  private readonly changedAtMs: number;

  constructor(
    private readonly message: Message,
    private readonly returnTo: SmppReturn,
    /** message_id as the ESME knows it. */
    private readonly id: string,
  ) {
    super();
    this.state = message.state;
    this.error = message.error;
    this.changedAtMs = message.changedAtMs;
  }

  write(session: SmppSession, sequence: number): void {
    const { message, returnTo, state, error, changedAtMs, id } = this;
    const { text: excerpt, acceptedAtMs } = message;
    const text = receiptText({ state, error, changedAtMs, acceptedAtMs, text: excerpt }, { id, ...USUAL });
    const output = session.room(MAX_BYTES);
    const buffer = output.room(MAX_BYTES);
    const from = output.used;
    let at = from + HEADER_BYTES;
    buffer[at++] = 0;
    at = address(buffer, at, returnTo.destination);
    at = address(buffer, at, returnTo.source);
    buffer[at] = isFinal(state) ? RECEIPT : INTERMEDIATE;
    // protocol_id to sm_default_msg_id: all zero.
    buffer.fill(0, at + 1, at + 9);
    const length = Math.min(text.length, MAX_TEXT);
    buffer[at + 9] = length;
    at += 10;
    buffer.write(text, at, length, 'latin1');
    at = this.parameters(buffer, at + length);
    buffer.writeUInt32BE(at - from, from);
    buffer.writeUInt32BE(DELIVER_SM, from + 4);
    buffer.writeUInt32BE(0, from + 8);
    buffer.writeUInt32BE(sequence, from + 12);
    output.used = at;
    session.wrote();
  }

  private parameters(buffer: Buffer, from: number): number {
    const { id, state, error } = this;
    let at = tag(buffer, from, RECEIPTED_MESSAGE_ID, id.length + 1);
    at += buffer.write(id, at, id.length, 'latin1');
    buffer[at++] = 0;
    at = tag(buffer, at, MESSAGE_STATE_TAG, 1);
    buffer[at++] = MESSAGE_STATE[state][0];
    if (error === 0) return at;
    at = tag(buffer, at, NETWORK_ERROR_CODE, 3);
    buffer[at++] = GSM;
    return buffer.writeUInt16BE(error & 0xffff, at);
  }
}

const USUAL = { hasSeconds: false, textLabel: 'text' };
/** More than the longest receipt takes. */
const MAX_BYTES = HEADER_BYTES + 2 * (MAX_ADDRESS + 3) + 11 + MAX_TEXT + 64;

function address(buffer: Buffer, from: number, { ton, npi, address: text }: SmppReturn['source']): number {
  buffer[from] = ton;
  buffer[from + 1] = npi;
  const length = Math.min(text.length, MAX_ADDRESS);
  buffer.write(text, from + 2, length, 'latin1');
  buffer[from + 2 + length] = 0;
  return from + 3 + length;
}

function tag(buffer: Buffer, from: number, name: number, length: number): number {
  buffer.writeUInt16BE(name, from);
  return buffer.writeUInt16BE(length, from + 2);
}
