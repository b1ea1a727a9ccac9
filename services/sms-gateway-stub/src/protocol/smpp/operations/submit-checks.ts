import { ProtocolError } from '@poligon/emulator-kit';
import { byteOf, type Pdu } from '../pdu.js';
import type { StatusName } from '../tables/command-status.js';

/** Flags of message PDUs and the values the standard allows; checked in this order. */
const FLAGS: readonly (readonly [field: string, isRight: (value: number) => boolean, status: StatusName])[] = [
  ['priority_flag', (value) => value <= 3, 'ESME_RINVPRTFLG'],
  ['registered_delivery', (value) => value <= 0x1f, 'ESME_RINVREGDLVFLG'],
  ['replace_if_present_flag', (value) => value <= 1, 'ESME_RINVREPFLAG'],
  ['sm_default_msg_id', (value) => value <= 254, 'ESME_RINVDFTMSGID'],
];

/** Types of number an SME address may have (3.4 section 5.2.5). */
const MAX_TON = 6;
const MAX_NPI = 18;

/** @throws ProtocolError of the first flag that is wrong */
export function checkFlags(pdu: Pdu): void {
  for (const [field, isRight, status] of FLAGS) if (!isRight(byteOf(pdu, field))) throw new ProtocolError(status);
  if (byteOf(pdu, 'source_addr_ton') > MAX_TON) throw new ProtocolError('ESME_RINVSRCTON');
  if (byteOf(pdu, 'source_addr_npi') > MAX_NPI) throw new ProtocolError('ESME_RINVSRCNPI');
  if (byteOf(pdu, 'dest_addr_ton') > MAX_TON) throw new ProtocolError('ESME_RINVDSTTON');
  if (byteOf(pdu, 'dest_addr_npi') > MAX_NPI) throw new ProtocolError('ESME_RINVDSTNPI');
}
