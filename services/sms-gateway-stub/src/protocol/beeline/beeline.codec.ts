import type { WireReply } from '@poligon/emulator-kit';
import type { Message, MessageState } from '../../domain/message.js';
import { xmlReply, xmlText } from '../smsc/smsc-xml.codec.js';

const STATES: Readonly<Record<MessageState, readonly [number, string]>> = {
  queued: [0, 'queued'],
  sent: [1, 'sent'],
  delivered: [3, 'delivered'],
  read: [3, 'delivered'],
  expired: [4, 'not_delivered'],
  undeliverable: [4, 'not_delivered'],
  rejected: [6, 'failed'],
  deleted: [4, 'not_delivered'],
  unknown: [7, 'unknown'],
};

/** `<sms id=".." smstype=".." phone=".."/>` of every accepted message (section 2.6). */
export function beelineResult(messages: readonly Message[]): WireReply {
  const items = messages.map(
    ({ id, phone, text }) => `<sms id="${id}" smstype="SENDSMS" phone="+${phone}"><![CDATA[${cdata(text)}]]></sms>`,
  );
  return xmlReply(`<output><result sms_group_id="${messages[0]!.id}">${items.join('')}</result></output>`);
}

/** States of messages; the form is an assumption. */
export function beelineStatusXml(messages: readonly Message[]): WireReply {
  const items = messages.map(({ id, phone, state }) => {
    const [code, word] = STATES[state];
    return `<MESSAGE SMS_ID="${id}" SMSTYPE="SENDSMS"><SMS_TARGET>+${phone}</SMS_TARGET><SMSSTC_CODE>${xmlText(word)}</SMSSTC_CODE><SMS_STATUS>${code}</SMS_STATUS></MESSAGE>`;
  });
  return xmlReply(`<output><MESSAGES>${items.join('')}</MESSAGES></output>`);
}

/** Text of a CDATA section: its end mark and what XML cannot hold are left out. */
function cdata(text: string): string {
  return [...text.replaceAll(']]>', '')]
    .filter((character) => character >= ' ' || '\r\n\t'.includes(character))
    .join('');
}
