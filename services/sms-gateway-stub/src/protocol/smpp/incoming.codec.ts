import type { IncomingText } from '../../flow/receipt-desk.js';
import { fillBitsAfter, packedSeptets } from '../../domain/gsm-packing.js';
import { encodeText } from './message-text.codec.js';
import { PduDelivery } from './delivery.js';
import type { PduDraft } from './pdu-encode.codec.js';
import type { TlvValue } from './pdu.js';

const UDHI = 0x40;
const SINGLE_OCTETS = 140;
const SINGLE_SEPTETS = 160;

/** Octets of a part beside its header, by how the text is joined again. */
const PART_OCTETS = { sar: 134, udh8: 134, udh16: 132 } as const;
const PART_SEPTETS = { sar: 153, udh8: 153, udh16: 152 } as const;

/**
 * deliver_sm PDUs of an incoming text: one, or one per part when it is long (section 2.11).
 * @param isPacked the default alphabet leaves as packed septets
 */
export function deliveriesOf(text: IncomingText, reference: number, isPacked = false): PduDelivery[] {
  const { octets, coding } = encodeText(text.text);
  const carried: Carried = (part, headerBytes) =>
    isPacked && coding === 0 ? packedSeptets(part, fillBitsAfter(headerBytes)) : part;
  const concatenation = text.concatenation ?? 'udh8';
  const addresses = {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: text.phone,
    dest_addr_ton: /^\d+$/.test(text.to) ? 0 : 5,
    destination_addr: text.to,
    data_coding: coding,
  };
  if (octets.length <= (coding === 8 ? SINGLE_OCTETS : SINGLE_SEPTETS)) {
    return [new PduDelivery({ ...addresses, short_message: carried(octets, 0) })];
  }
  if (concatenation === 'payload') return [new PduDelivery(addresses, { message_payload: carried(octets, 0) })];
  const limits = coding === 8 ? PART_OCTETS : PART_SEPTETS;
  const parts = split(octets, limits[concatenation], coding);
  return parts.map((part, at) => {
    const place = { reference, total: parts.length, number: at + 1 };
    if (concatenation === 'sar') return sarPart(addresses, carried(part, 0), place);
    const header = headerOf(place, concatenation);
    const short_message = Buffer.concat([header, carried(part, header.length)]);
    return new PduDelivery({ ...addresses, esm_class: UDHI, short_message });
  });
}

/** Octets of a part as they leave, after a header of so many. */
type Carried = (part: Buffer, headerBytes: number) => Buffer;
type Addresses = NonNullable<PduDraft['fields']>;

interface Place {
  readonly reference: number;
  readonly total: number;
  readonly number: number;
}

function sarPart(addresses: Addresses, part: Buffer, { reference, total, number }: Place): PduDelivery {
  const tlvs: Record<string, TlvValue> = {
    sar_msg_ref_num: reference & 0xffff,
    sar_total_segments: total,
    sar_segment_seqnum: number,
  };
  return new PduDelivery({ ...addresses, short_message: part }, tlvs);
}

function headerOf({ reference, total, number }: Place, form: 'udh8' | 'udh16'): Buffer {
  return Buffer.from(
    form === 'udh8'
      ? [5, 0, 3, reference & 0xff, total, number]
      : [6, 8, 4, (reference >> 8) & 0xff, reference & 0xff, total, number],
  );
}

const ESC = 0x1b;

/** Never parts a surrogate pair or an escaped character. */
function split(octets: Buffer, limit: number, coding: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < octets.length;) {
    let end = Math.min(octets.length, at + limit);
    if (coding === 8) end -= end < octets.length && isHighSurrogate(octets.readUInt16BE(end - 2)) ? 2 : 0;
    else if (end < octets.length && octets[end - 1] === ESC) end -= 1;
    parts.push(octets.subarray(at, end));
    at = end;
  }
  return parts;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
