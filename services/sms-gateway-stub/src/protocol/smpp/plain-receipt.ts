import { isFinal, type Message, type MessageState } from '../../domain/message.js';
import { Delivery } from './delivery.js';
import { putLatin1, putNumber, putUInt16, putUInt32 } from './octets.js';
import { MESSAGE_STATE, putReceiptText, RECEIPT_OCTETS } from './receipt.codec.js';
import type { SmppAddress, SmppReturn } from './smpp-return.js';
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
/** Longest address that fits its field. */
const MAX_ADDRESS = 20;
/** protocol_id to sm_default_msg_id, all zero. */
const ZERO_FIELDS = 8;
/** More than the longest receipt takes. */
const MAX_BYTES = HEADER_BYTES + 2 * (MAX_ADDRESS + 3) + ZERO_FIELDS + 3 + RECEIPT_OCTETS + 64;

/** A receipt no rule has touched, as the message was when it was made; its octets are written where they leave. */
export class PlainReceipt extends Delivery {
  readonly id: number;
  readonly state: MessageState;
  readonly error: number;
  readonly changedAtMs: number;

  constructor(
    private readonly message: Message,
    /** Base of message_id as the ESME knows it. */
    private readonly radix: 10 | 16,
  ) {
    super();
    this.id = (message.returnTo as SmppReturn).sharedId ?? message.id;
    this.state = message.state;
    this.error = message.error;
    this.changedAtMs = message.changedAtMs;
  }

  get text(): string {
    return this.message.text;
  }

  get acceptedAtMs(): number {
    return this.message.acceptedAtMs;
  }

  write(session: SmppSession, sequence: number): void {
    const { source, destination } = this.message.returnTo as SmppReturn;
    const output = session.room(MAX_BYTES);
    const { octets, used } = output;
    let at = used + HEADER_BYTES;
    octets[at] = 0;
    at = putAddress(octets, at + 1, destination);
    at = putAddress(octets, at, source);
    octets[at] = isFinal(this.state) ? RECEIPT : INTERMEDIATE;
    for (let field = 1; field <= ZERO_FIELDS; field += 1) octets[at + field] = 0;
    const lengthAt = at + ZERO_FIELDS + 1;
    at = putReceiptText(octets, lengthAt + 1, this, this.radix);
    octets[lengthAt] = at - lengthAt - 1;
    at = this.putParameters(octets, at);
    putUInt32(octets, used, at - used);
    putUInt32(octets, used + 4, DELIVER_SM);
    putUInt32(octets, used + 8, 0);
    putUInt32(octets, used + 12, sequence);
    output.used = at;
    session.wrote();
  }

  private putParameters(octets: Buffer, from: number): number {
    const { state, error } = this;
    const idAt = from + 4;
    const idEnd = putNumber(octets, idAt, this.id, this.radix);
    putTag(octets, from, RECEIPTED_MESSAGE_ID, idEnd + 1 - idAt);
    octets[idEnd] = 0;
    let at = putTag(octets, idEnd + 1, MESSAGE_STATE_TAG, 1);
    octets[at++] = MESSAGE_STATE[state][0];
    if (error === 0) return at;
    at = putTag(octets, at, NETWORK_ERROR_CODE, 3);
    octets[at++] = GSM;
    return putUInt16(octets, at, error);
  }
}

function putAddress(octets: Buffer, from: number, { ton, npi, address }: SmppAddress): number {
  octets[from] = ton;
  octets[from + 1] = npi;
  const end = putLatin1(octets, from + 2, address, Math.min(address.length, MAX_ADDRESS));
  octets[end] = 0;
  return end + 1;
}

function putTag(octets: Buffer, from: number, name: number, length: number): number {
  return putUInt16(octets, putUInt16(octets, from, name), length);
}
