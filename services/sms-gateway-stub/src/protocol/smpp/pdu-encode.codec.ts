import type { Destination, Failure, FieldValue, Pdu, TlvValue } from './pdu.js';
import { commandNamed, type Field } from './tables/commands.js';
import { tlvNamed } from './tables/tlvs.js';

/** What is needed of a PDU to write it; fields left out are 0, empty or none. */
export interface PduDraft {
  readonly command: string;
  readonly status?: number;
  readonly sequence: number;
  readonly fields?: Readonly<Record<string, FieldValue>>;
  readonly tlvs?: Readonly<Record<string, TlvValue>>;
}

const HEADER_BYTES = 16;
/** Every PDU is written here first and then copied out in its exact size; grows to the largest PDU seen. */
let scratch = Buffer.alloc(4096);

/** Encodes a PDU; a text longer than its field is cut, an error response has no body. */
export function encodePdu({ command: name, status = 0, sequence, fields, tlvs }: PduDraft): Buffer {
  const command = commandNamed(name);
  let at = HEADER_BYTES;
  if (status === 0 || fields !== undefined) {
    for (const field of command.fields) at = writeField(at, field, fields?.[field.name]);
    if (tlvs !== undefined) for (const tag in tlvs) at = writeTlv(at, tag, tlvs[tag]!);
  }
  scratch.writeUInt32BE(at, 0);
  scratch.writeUInt32BE(command.id, 4);
  scratch.writeUInt32BE(status >>> 0, 8);
  scratch.writeUInt32BE(sequence >>> 0, 12);
  const frame = Buffer.allocUnsafe(at);
  scratch.copy(frame, 0, 0, at);
  return frame;
}

/** A decoded PDU written again. */
export function encodeAgain(pdu: Pdu): Buffer {
  return encodePdu(pdu);
}

function room(at: number, bytes: number): void {
  if (at + bytes <= scratch.length) return;
  const grown = Buffer.alloc(Math.max(scratch.length * 2, at + bytes));
  scratch.copy(grown, 0, 0, at);
  scratch = grown;
}

function writeField(at: number, field: Field, value: FieldValue | undefined): number {
  switch (field.kind) {
    case 'byte':
      room(at, 1);
      scratch[at] = value as number;
      return at + 1;
    case 'text':
      return writeText(at, (value as string | undefined) ?? '', field.max);
    case 'octets':
      return writeOctets(at, value as Buffer | undefined, field.max);
    case 'destinations':
      return writeDestinations(at, value as readonly Destination[]);
    case 'failures':
      return writeFailures(at, (value as readonly Failure[] | undefined) ?? []);
  }
}

function writeText(at: number, text: string, max: number): number {
  const length = Math.min(text.length, max - 1);
  room(at, length + 1);
  if (length > 0) scratch.write(text, at, length, 'latin1');
  scratch[at + length] = 0;
  return at + length + 1;
}

function writeOctets(at: number, octets: Buffer | undefined, max: number): number {
  const length = Math.min(octets?.length ?? 0, max);
  room(at, length + 1);
  scratch[at] = length;
  octets?.copy(scratch, at + 1, 0, length);
  return at + length + 1;
}

function writeBytes(at: number, ...bytes: number[]): number {
  room(at, bytes.length);
  for (const byte of bytes) scratch[at++] = byte;
  return at;
}

function writeDestinations(from: number, destinations: readonly Destination[]): number {
  let at = writeBytes(from, destinations.length);
  for (const destination of destinations) {
    if ('list' in destination) at = writeText(writeBytes(at, 2), destination.list, 21);
    else at = writeText(writeBytes(at, 1, destination.ton, destination.npi), destination.address, 21);
  }
  return at;
}

function writeFailures(from: number, failures: readonly Failure[]): number {
  let at = writeBytes(from, failures.length);
  for (const { ton, npi, address, status } of failures) {
    at = writeText(writeBytes(at, ton, npi), address, 21);
    room(at, 4);
    at = scratch.writeUInt32BE(status >>> 0, at);
  }
  return at;
}

/** `tag` is a name of the table or a hexadecimal tag. */
function writeTlv(at: number, tag: string, value: TlvValue): number {
  const type = tlvNamed(tag);
  const octets = tlvOctets(value, type?.length ?? 1);
  room(at, octets.length + 4);
  scratch.writeUInt16BE(type?.tag ?? Number.parseInt(tag, 16), at);
  scratch.writeUInt16BE(octets.length, at + 2);
  octets.copy(scratch, at + 4);
  return at + 4 + octets.length;
}

function tlvOctets(value: TlvValue, length: number): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'latin1');
  const octets = Buffer.alloc(length);
  octets.writeUIntBE(value, 0, length);
  return octets;
}
