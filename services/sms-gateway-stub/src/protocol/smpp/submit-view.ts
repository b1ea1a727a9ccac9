import type { FrameRef } from './frame-reader.js';

/** Where the fields of an ordinary submit_sm stand in its stream. One view serves all submits: nothing is made to look at one. */
export class SubmitView {
  stream: Buffer = Buffer.alloc(0);
  sequence = 0;
  /** service_type, ton, npi and address of the source, as they stand: the same octets name the same origin. */
  originFrom = 0;
  originTo = 0;
  ton = 0;
  npi = 0;
  addressFrom = 0;
  addressTo = 0;
  registered = 0;
  coding = 0;
  textFrom = 0;
  textTo = 0;

  /**
   * Finds the fields. False for everything that is not an ordinary message that can be taken as it is: wrong, flagged, scheduled, split, with
   * optional parameters.
   */
  read({ stream, from, to }: FrameRef): boolean {
    this.stream = stream;
    this.sequence = stream.readUInt32BE(from + 12);
    this.originFrom = from + HEADER_BYTES;
    const source = this.afterText(this.originFrom, MAX_SERVICE_TYPE, to);
    if (source < 0 || !isAddressType(stream, source, to)) return false;
    this.originTo = this.afterText(source + 2, MAX_ADDRESS, to);
    if (this.originTo < 0 || !isAddressType(stream, this.originTo, to)) return false;
    this.ton = stream[this.originTo]!;
    this.npi = stream[this.originTo + 1]!;
    this.addressFrom = this.originTo + 2;
    const after = this.afterText(this.addressFrom, MAX_ADDRESS, to);
    this.addressTo = after - 1;
    return after >= 0 && this.readDetails(after, to);
  }

  /** esm_class, protocol_id, priority_flag, two times, registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id, sm_length. */
  private readDetails(at: number, to: number): boolean {
    const { stream } = this;
    if (at + DETAIL_BYTES > to) return false;
    const isOrdinary = stream[at] === 0 && stream[at + 2]! <= 3 && stream[at + 3] === 0 && stream[at + 4] === 0;
    this.registered = stream[at + 5]!;
    this.coding = stream[at + 7]!;
    this.textFrom = at + DETAIL_BYTES;
    this.textTo = this.textFrom + stream[at + 9]!;
    const isPlain = this.registered < INTERMEDIATE && stream[at + 6] === 0 && stream[at + 8] === 0;
    return isOrdinary && isPlain && this.textTo === to && stream[at + 9]! <= MAX_TEXT;
  }

  /** Place after a zero-terminated text of at most `max` octets, or -1. */
  private afterText(from: number, max: number, to: number): number {
    const { stream } = this;
    const limit = Math.min(from + max + 1, to);
    for (let at = from; at < limit; at += 1) if (stream[at] === 0) return at + 1;
    return -1;
  }
}

const HEADER_BYTES = 16;
const MAX_SERVICE_TYPE = 5;
const MAX_ADDRESS = 20;
const MAX_TEXT = 254;
const DETAIL_BYTES = 10;
/** From here on registered_delivery asks for more than a final receipt. */
const INTERMEDIATE = 0x10;
const MAX_TON = 6;
const MAX_NPI = 18;

function isAddressType(stream: Buffer, at: number, to: number): boolean {
  return at + 2 <= to && stream[at]! <= MAX_TON && stream[at + 1]! <= MAX_NPI;
}
