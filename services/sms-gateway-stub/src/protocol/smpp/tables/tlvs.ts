/** One optional parameter: `length` in octets where the standard fixes it. */
export interface TlvType {
  readonly name: string;
  readonly tag: number;
  readonly kind: 'number' | 'text' | 'octets';
  readonly length?: number;
}

const number = (tag: number, name: string, length: number): TlvType => ({ tag, name, kind: 'number', length });
const octets = (tag: number, name: string, length?: number): TlvType =>
  length === undefined ? { tag, name, kind: 'octets' } : { tag, name, kind: 'octets', length };
const text = (tag: number, name: string): TlvType => ({ tag, name, kind: 'text' });

/** SMPP 3.4 section 5.3.2. */
export const TLVS: readonly TlvType[] = [
  number(0x0005, 'dest_addr_subunit', 1),
  number(0x0006, 'dest_network_type', 1),
  number(0x0007, 'dest_bearer_type', 1),
  number(0x0008, 'dest_telematics_id', 2),
  number(0x000d, 'source_addr_subunit', 1),
  number(0x000e, 'source_network_type', 1),
  number(0x000f, 'source_bearer_type', 1),
  number(0x0010, 'source_telematics_id', 1),
  number(0x0017, 'qos_time_to_live', 4),
  number(0x0019, 'payload_type', 1),
  text(0x001d, 'additional_status_info_text'),
  text(0x001e, 'receipted_message_id'),
  number(0x0030, 'ms_msg_wait_facilities', 1),
  number(0x0201, 'privacy_indicator', 1),
  octets(0x0202, 'source_subaddress'),
  octets(0x0203, 'dest_subaddress'),
  number(0x0204, 'user_message_reference', 2),
  number(0x0205, 'user_response_code', 1),
  number(0x020a, 'source_port', 2),
  number(0x020b, 'destination_port', 2),
  number(0x020c, 'sar_msg_ref_num', 2),
  number(0x020d, 'language_indicator', 1),
  number(0x020e, 'sar_total_segments', 1),
  number(0x020f, 'sar_segment_seqnum', 1),
  number(0x0210, 'sc_interface_version', 1),
  number(0x0302, 'callback_num_pres_ind', 1),
  octets(0x0303, 'callback_num_atag'),
  number(0x0304, 'number_of_messages', 1),
  octets(0x0381, 'callback_num'),
  number(0x0420, 'dpf_result', 1),
  number(0x0421, 'set_dpf', 1),
  number(0x0422, 'ms_availability_status', 1),
  octets(0x0423, 'network_error_code', 3),
  octets(0x0424, 'message_payload'),
  number(0x0425, 'delivery_failure_reason', 1),
  number(0x0426, 'more_messages_to_send', 1),
  number(0x0427, 'message_state', 1),
  octets(0x0501, 'ussd_service_op', 1),
  number(0x1201, 'display_time', 1),
  number(0x1203, 'sms_signal', 2),
  number(0x1204, 'ms_validity', 1),
  octets(0x130c, 'alert_on_message_delivery', 0),
  number(0x1380, 'its_reply_type', 1),
  octets(0x1383, 'its_session_info', 2),
];

const byTag = new Map(TLVS.map((type) => [type.tag, type]));
const byName = new Map(TLVS.map((type) => [type.name, type]));

export const tlvOf = (tag: number): TlvType | undefined => byTag.get(tag);
export const tlvNamed = (name: string): TlvType | undefined => byName.get(name);
