import type { IncomingText } from '../../flow/receipt-desk.js';
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

/** deliver_sm PDUs of an incoming text: one, or one per part when it is long (section 2.11). */
export function deliveriesOf(text: IncomingText, reference: number): PduDelivery[] {
  const { octets, coding } = encodeText(text.text);
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
    return [new PduDelivery({ ...addresses, short_message: octets })];
  }
  if (concatenation === 'payload') return [new PduDelivery(addresses, { message_payload: octets })];
  const limits = coding === 8 ? PART_OCTETS : PART_SEPTETS;
  const parts = split(octets, limits[concatenation], coding);
  return parts.map((part, at) => {
    const place = { reference, total: parts.length, number: at + 1 };
    return concatenation === 'sar' ? sarPart(addresses, part, place) : udhPart(addresses, part, place, concatenation);
  });
}

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

function udhPart(addresses: Addresses, part: Buffer, place: Place, form: 'udh8' | 'udh16'): PduDelivery {
  const { reference, total, number } = place;
  const header =
    form === 'udh8'
      ? [5, 0, 3, reference & 0xff, total, number]
      : [6, 8, 4, (reference >> 8) & 0xff, reference & 0xff, total, number];
  const short_message = Buffer.concat([Buffer.from(header), part]);
  return new PduDelivery({ ...addresses, esm_class: UDHI, short_message });
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
