import { PduError, type Destination, type Failure, type FieldValue, type Pdu, type TlvValue } from './pdu.js';
import type { StatusName } from './tables/command-status.js';
import { commandOf, type Field } from './tables/commands.js';
import { tlvOf, type TlvType } from './tables/tlvs.js';

export const HEADER_BYTES = 16;

/** Reads one PDU's octets; `at` moves on. */
interface Cursor {
  readonly frame: Buffer;
  at: number;
}

const NO_TLVS: Pdu['tlvs'] = {};

/**
 * Decodes one whole PDU, header included.
 * @throws PduError with the status its sender must be told
 */
export function decodePdu(frame: Buffer): Pdu {
  const id = frame.readUInt32BE(4);
  const status = frame.readUInt32BE(8);
  const command = commandOf(id);
  if (command === undefined) throw new PduError('ESME_RINVCMDID', `unknown command_id ${id.toString(16)}`);
  const cursor: Cursor = { frame, at: HEADER_BYTES };
  const fields: Record<string, FieldValue> = {};
  // A response that tells of an error may come without its body.
  const isBare = frame.length === HEADER_BYTES && id >= 0x80000000;
  if (!isBare) for (const field of command.fields) fields[field.name] = readField(cursor, field);
  const tlvs = cursor.at < frame.length ? readTlvs(cursor) : NO_TLVS;
  return { command: command.name, status, sequence: frame.readUInt32BE(12), fields, tlvs };
}

function readField(cursor: Cursor, field: Field): FieldValue {
  switch (field.kind) {
    case 'byte':
      return readByte(cursor, field.name);
    case 'text':
      return readText(cursor, field.max, field);
    case 'octets':
      return readOctets(cursor, field);
    case 'destinations':
      return readDestinations(cursor);
    case 'failures':
      return readFailures(cursor);
  }
}

function readByte(cursor: Cursor, name: string): number {
  if (cursor.at >= cursor.frame.length) throw new PduError('ESME_RINVCMDLEN', `${name}: the PDU ends before it`);
  return cursor.frame[cursor.at++]!;
}

function readText(cursor: Cursor, max: number, { name, fault }: { name: string; fault: StatusName }): string {
  const { frame, at } = cursor;
  if (frame[at] === 0) {
    cursor.at = at + 1;
    return '';
  }
  const limit = Math.min(frame.length, at + max);
  let end = at;
  while (end < limit && frame[end] !== 0) end += 1;
  if (end >= limit) {
    if (limit === frame.length) throw new PduError('ESME_RINVCMDLEN', `${name}: the PDU ends inside it`);
    throw new PduError(fault, `${name}: longer than ${max - 1} octets`);
  }
  cursor.at = end + 1;
  return frame.toString('latin1', at, end);
}

function readOctets(cursor: Cursor, field: Extract<Field, { kind: 'octets' }>): Buffer {
  const length = readByte(cursor, field.name);
  if (length > field.max) throw new PduError(field.fault, `${field.name}: longer than ${field.max} octets`);
  const from = cursor.at;
  if (from + length > cursor.frame.length) {
    throw new PduError(field.fault, `${field.name}: announces more octets than the PDU has`);
  }
  cursor.at = from + length;
  return cursor.frame.subarray(from, cursor.at);
}

const SME = 1;
const LIST = 2;
const ADDRESS = { name: 'destination_addr', fault: 'ESME_RINVDSTADR' } as const;

function readDestinations(cursor: Cursor): readonly Destination[] {
  const count = readByte(cursor, 'number_of_dests');
  if (count === 0 || count > 254) throw new PduError('ESME_RINVNUMDESTS', 'number_of_dests: must be 1..254');
  return Array.from({ length: count }, (): Destination => {
    const flag = readByte(cursor, 'dest_flag');
    if (flag === LIST) return { list: readText(cursor, 21, { name: 'dl_name', fault: 'ESME_RINVDLNAME' }) };
    if (flag !== SME) throw new PduError('ESME_RINVDESTFLAG', 'dest_flag: must be 1 or 2');
    return {
      ton: readByte(cursor, 'dest_addr_ton'),
      npi: readByte(cursor, 'dest_addr_npi'),
      address: readText(cursor, 21, ADDRESS),
    };
  });
}

function readFailures(cursor: Cursor): readonly Failure[] {
  const count = readByte(cursor, 'no_unsuccess');
  return Array.from({ length: count }, () => {
    const failed = {
      ton: readByte(cursor, 'dest_addr_ton'),
      npi: readByte(cursor, 'dest_addr_npi'),
      address: readText(cursor, 21, ADDRESS),
    };
    if (cursor.at + 4 > cursor.frame.length) throw new PduError('ESME_RINVCMDLEN', 'error_status_code: cut short');
    cursor.at += 4;
    return { ...failed, status: cursor.frame.readUInt32BE(cursor.at - 4) };
  });
}

function readTlvs(cursor: Cursor): Pdu['tlvs'] {
  const { frame } = cursor;
  const tlvs: Record<string, TlvValue> = {};
  while (cursor.at < frame.length) {
    const from = cursor.at + 4;
    if (from > frame.length) throw new PduError('ESME_RINVOPTPARSTREAM', 'an optional parameter is cut short');
    const tag = frame.readUInt16BE(cursor.at);
    const end = from + frame.readUInt16BE(cursor.at + 2);
    if (end > frame.length) {
      throw new PduError('ESME_RINVOPTPARSTREAM', 'an optional parameter is longer than the PDU');
    }
    const type = tlvOf(tag);
    const value = frame.subarray(from, end);
    tlvs[type?.name ?? tag.toString(16).padStart(4, '0')] = type === undefined ? value : tlvValue(type, value);
    cursor.at = end;
  }
  return tlvs;
}

function tlvValue({ name, kind, length }: TlvType, value: Buffer): TlvValue {
  if (length !== undefined && value.length !== length) {
    throw new PduError('ESME_RINVPARLEN', `${name}: must have ${length} octets`);
  }
  if (kind === 'number') return value.readUIntBE(0, length!);
  if (kind === 'octets') return value;
  const end = value.indexOf(0);
  return value.toString('latin1', 0, end < 0 ? value.length : end);
}
