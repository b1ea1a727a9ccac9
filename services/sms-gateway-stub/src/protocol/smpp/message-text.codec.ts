import { gsmDecoded, gsmEncoded, septetsOf } from '../../domain/gsm-alphabet.js';
import { fillBitsAfter, unpackedSeptets } from '../../domain/gsm-packing.js';
import type { Part } from '../../domain/message.js';
import { octetsOf, PduError, byteOf, type Pdu } from './pdu.js';

/** esm_class bit: short_message begins with a user data header. */
const UDHI = 0x40;
const CONCAT_8 = 0x00;
const CONCAT_16 = 0x08;

/** What a PDU carries for the handset. */
export interface Content {
  readonly text: string;
  readonly part?: Part | undefined;
}

/**
 * Text and place of a message PDU: short_message or message_payload, user data header or sar_* parameters (section 2.11).
 * @param isPacked the default alphabet comes as packed septets
 * @throws PduError when both bodies are there or the header is broken
 */
export function contentOf(pdu: Pdu, isPacked = false): Content {
  const octets = bodyOf(pdu);
  const coding = byteOf(pdu, 'data_coding');
  const hasHeader = (byteOf(pdu, 'esm_class') & UDHI) !== 0;
  const headerBytes = hasHeader ? (octets[0] ?? 0) + 1 : 0;
  if (octets.length < headerBytes) throw new PduError('ESME_RINVESMCLASS', 'user data header: longer than the message');
  const fillBits = isPacked ? fillBitsAfter(headerBytes) : undefined;
  const part = hasHeader ? headerPart(octets.subarray(1, headerBytes)) : undefined;
  return { text: decodeText(octets.subarray(headerBytes), coding, fillBits), part: part ?? sarPart(pdu) };
}

/** @throws PduError when both bodies are there */
function bodyOf(pdu: Pdu): Buffer {
  const short = octetsOf(pdu, 'short_message');
  const payload = pdu.tlvs['message_payload'];
  if (Buffer.isBuffer(payload) && short.length > 0) {
    throw new PduError('ESME_ROPTPARNOTALLWD', 'message_payload: not together with short_message');
  }
  return Buffer.isBuffer(payload) ? payload : short;
}

/**
 * Reads octets by data_coding: 0 default alphabet, 1 and 3 Latin-1, 8 UCS2 big-endian, 0xF_ by its alphabet bit.
 * @param fillBits bits before the first of packed septets; one octet carries one septet when omitted
 */
export function decodeText(octets: Buffer, coding: number, fillBits?: number): string {
  switch (codingGroup(coding)) {
    case 'gsm':
      return gsmDecoded(fillBits === undefined ? octets : unpackedSeptets(octets, fillBits));
    case 'ucs2':
      return ucs2Decoded(octets);
    default:
      return octets.toString('latin1', 0, octets.length);
  }
}

function codingGroup(coding: number): 'gsm' | 'latin1' | 'ucs2' {
  if ((coding & 0xf0) === 0xf0) return (coding & 0x04) === 0 ? 'gsm' : 'latin1';
  if (coding === 0) return 'gsm';
  return coding === 8 ? 'ucs2' : 'latin1';
}

/** Big-endian UTF-16; an odd last octet is dropped. */
function ucs2Decoded(octets: Buffer): string {
  const even = Buffer.from(octets.subarray(0, octets.length & ~1));
  return even.swap16().toString('utf16le');
}

/** Octets and data_coding of a text: the default alphabet when it fits, UCS2 otherwise. */
export function encodeText(text: string): { readonly octets: Buffer; readonly coding: number } {
  if (septetsOf(text) !== undefined) return { octets: gsmEncoded(text), coding: 0 };
  return { octets: Buffer.from(text, 'utf16le').swap16(), coding: 8 };
}

function sarPart({ tlvs }: Pdu): Part | undefined {
  const { sar_msg_ref_num: reference, sar_total_segments: total, sar_segment_seqnum: number } = tlvs;
  if (typeof reference !== 'number' || typeof total !== 'number' || typeof number !== 'number') return undefined;
  return partOf(reference, total, number);
}

function headerPart(header: Buffer): Part | undefined {
  for (let at = 0; at + 2 <= header.length;) {
    const length = header[at + 1]!;
    const from = at + 2;
    if (from + length > header.length)
      throw new PduError('ESME_RINVESMCLASS', 'user data header: an element is cut short');
    if (header[at] === CONCAT_8 && length === 3) return partOf(header[from]!, header[from + 1]!, header[from + 2]!);
    if (header[at] === CONCAT_16 && length === 4) {
      return partOf(header.readUInt16BE(from), header[from + 2]!, header[from + 3]!);
    }
    at = from + length;
  }
  return undefined;
}

/** A single part, or a number outside 1..total, is a message by itself (GSM 03.40 section 9.2.3.24.1). */
function partOf(reference: number, total: number, number: number): Part | undefined {
  return total < 2 || number < 1 || number > total ? undefined : { reference, total, number };
}
