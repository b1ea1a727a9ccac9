import type { StatusName } from './command-status.js';

/** Bit that makes a request's command_id its response's. */
export const RESPONSE = 0x80000000;

/** One mandatory parameter; `fault` is the command_status of a PDU in which it is wrong. */
export type Field =
  | { readonly name: string; readonly kind: 'byte' }
  /** NUL-terminated text of at most `max` octets, the NUL included. */
  | { readonly name: string; readonly kind: 'text'; readonly max: number; readonly fault: StatusName }
  /** One length octet, then so many octets. */
  | { readonly name: string; readonly kind: 'octets'; readonly max: number; readonly fault: StatusName }
  /** One count octet, then SME addresses and distribution lists (submit_multi). */
  | { readonly name: string; readonly kind: 'destinations' }
  /** One count octet, then addresses with the error of each (submit_multi_resp). */
  | { readonly name: string; readonly kind: 'failures' };

const byte = (name: string): Field => ({ name, kind: 'byte' });
const text = (name: string, max: number, fault: StatusName): Field => ({ name, kind: 'text', max, fault });

const BIND: readonly Field[] = [
  text('system_id', 16, 'ESME_RINVSYSID'),
  text('password', 9, 'ESME_RINVPASWD'),
  text('system_type', 13, 'ESME_RINVSYSTYP'),
  byte('interface_version'),
  byte('addr_ton'),
  byte('addr_npi'),
  text('address_range', 41, 'ESME_RBINDFAIL'),
];
const BIND_RESP: readonly Field[] = [text('system_id', 16, 'ESME_RINVSYSID')];
const SOURCE: readonly Field[] = [
  byte('source_addr_ton'),
  byte('source_addr_npi'),
  text('source_addr', 21, 'ESME_RINVSRCADR'),
];
const DESTINATION: readonly Field[] = [
  byte('dest_addr_ton'),
  byte('dest_addr_npi'),
  text('destination_addr', 21, 'ESME_RINVDSTADR'),
];
const SERVICE_TYPE = text('service_type', 6, 'ESME_RINVSERTYP');
const SCHEDULE = text('schedule_delivery_time', 17, 'ESME_RINVSCHED');
const VALIDITY = text('validity_period', 17, 'ESME_RINVEXPIRY');
const MESSAGE_ID = text('message_id', 65, 'ESME_RINVMSGID');
const SHORT_MESSAGE: Field = { name: 'short_message', kind: 'octets', max: 254, fault: 'ESME_RINVMSGLEN' };
const DETAILS: readonly Field[] = [
  byte('esm_class'),
  byte('protocol_id'),
  byte('priority_flag'),
  SCHEDULE,
  VALIDITY,
  byte('registered_delivery'),
  byte('replace_if_present_flag'),
  byte('data_coding'),
  byte('sm_default_msg_id'),
  SHORT_MESSAGE,
];
const SM: readonly Field[] = [SERVICE_TYPE, ...SOURCE, ...DESTINATION, ...DETAILS];
/** data_sm allows longer addresses than the others. */
const DATA: readonly Field[] = [
  SERVICE_TYPE,
  byte('source_addr_ton'),
  byte('source_addr_npi'),
  text('source_addr', 65, 'ESME_RINVSRCADR'),
  byte('dest_addr_ton'),
  byte('dest_addr_npi'),
  text('destination_addr', 65, 'ESME_RINVDSTADR'),
  byte('esm_class'),
  byte('registered_delivery'),
  byte('data_coding'),
];

/** A PDU: its command_id and its mandatory parameters in wire order (section 2.11). */
export interface Command {
  readonly name: string;
  readonly id: number;
  readonly fields: readonly Field[];
}

const pair = (name: string, id: number, fields: readonly Field[], reply: readonly Field[]): Command[] => [
  { name, id, fields },
  { name: `${name}_resp`, id: (id | RESPONSE) >>> 0, fields: reply },
];

export const COMMANDS: readonly Command[] = [
  ...pair('bind_receiver', 0x01, BIND, BIND_RESP),
  ...pair('bind_transmitter', 0x02, BIND, BIND_RESP),
  ...pair(
    'query_sm',
    0x03,
    [MESSAGE_ID, ...SOURCE],
    [MESSAGE_ID, text('final_date', 17, 'ESME_RINVMSGID'), byte('message_state'), byte('error_code')],
  ),
  ...pair('submit_sm', 0x04, SM, [MESSAGE_ID]),
  ...pair('deliver_sm', 0x05, SM, [MESSAGE_ID]),
  ...pair('unbind', 0x06, [], []),
  ...pair(
    'replace_sm',
    0x07,
    [MESSAGE_ID, ...SOURCE, SCHEDULE, VALIDITY, byte('registered_delivery'), byte('sm_default_msg_id'), SHORT_MESSAGE],
    [],
  ),
  ...pair('cancel_sm', 0x08, [SERVICE_TYPE, MESSAGE_ID, ...SOURCE, ...DESTINATION], []),
  ...pair('bind_transceiver', 0x09, BIND, BIND_RESP),
  {
    name: 'outbind',
    id: 0x0b,
    fields: [text('system_id', 16, 'ESME_RINVSYSID'), text('password', 9, 'ESME_RINVPASWD')],
  },
  ...pair('enquire_link', 0x15, [], []),
  ...pair(
    'submit_multi',
    0x21,
    [SERVICE_TYPE, ...SOURCE, { name: 'dest_address', kind: 'destinations' }, ...DETAILS],
    [MESSAGE_ID, { name: 'unsuccess_sme', kind: 'failures' }],
  ),
  {
    name: 'alert_notification',
    id: 0x102,
    fields: [
      byte('source_addr_ton'),
      byte('source_addr_npi'),
      text('source_addr', 65, 'ESME_RINVSRCADR'),
      byte('esme_addr_ton'),
      byte('esme_addr_npi'),
      text('esme_addr', 65, 'ESME_RINVDSTADR'),
    ],
  },
  ...pair('data_sm', 0x103, DATA, [MESSAGE_ID]),
  { name: 'generic_nack', id: 0x80000000, fields: [] },
];

const byId = new Map(COMMANDS.map((command) => [command.id, command]));
const byName = new Map(COMMANDS.map((command) => [command.name, command]));

/** The command of a command_id, or undefined for one the standard does not have. */
export const commandOf = (id: number): Command | undefined => byId.get(id);

/** @throws Error for a name the table does not have: a defect of ours */
export function commandNamed(name: string): Command {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no SMPP command ${name}`);
  return found;
}
