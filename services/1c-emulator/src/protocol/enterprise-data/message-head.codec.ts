import { ENTERPRISE_KINDS } from '../../domain/enterprise-object.js';
import { FORMAT_VERSIONS } from '../../domain/tables/enterprise-objects.js';
import { xmlMember, xmlMembers, xmlTextOf, type XmlValue } from '../xml/xml-tree.js';
import { xmlText } from '../xml/xml-text.js';

export const FORMAT = 'http://v8.1c.ru/edi/edi_stnd/EnterpriseData';
const MESSAGE = 'http://www.1c.ru/SSL/Exchange/Message';

/** The numbers both sides count messages with. */
export interface Confirmation {
  readonly plan: string;
  readonly to: string;
  readonly from: string;
  readonly messageNo: number;
  readonly receivedNo: number;
}

export interface MessageHead extends Confirmation {
  /** Version of the format, e.g. `1.8`; undefined in a handshake, which has no body. */
  readonly version: string | undefined;
  /** `yyyy-MM-ddTHH:mm:ss` */
  readonly createdAt: string;
}

/** A message up to its objects; its header's order is fixed (1c.md 2.5). */
export function writeHead({ version, createdAt, plan, to, from, messageNo, receivedNo }: MessageHead): string {
  const format = version === undefined ? FORMAT : `${FORMAT}/${version}`;
  const types = ENTERPRISE_KINDS.map(
    ({ element }) =>
      `<msg:ObjectType><msg:Name>${element}</msg:Name><msg:Sending>*</msg:Sending><msg:Receiving>*</msg:Receiving></msg:ObjectType>`,
  );
  return [
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>',
    `<Message xmlns:msg="${MESSAGE}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`,
    `<msg:Header><msg:Format>${format}</msg:Format><msg:CreationDate>${createdAt}</msg:CreationDate>`,
    `<msg:Confirmation><msg:ExchangePlan>${xmlText(plan)}</msg:ExchangePlan><msg:To>${xmlText(to)}</msg:To>`,
    `<msg:From>${xmlText(from)}</msg:From><msg:MessageNo>${messageNo}</msg:MessageNo>`,
    `<msg:ReceivedNo>${receivedNo}</msg:ReceivedNo></msg:Confirmation>`,
    ...FORMAT_VERSIONS.map((known) => `<msg:AvailableVersion>${known}</msg:AvailableVersion>`),
    `<msg:AvailableObjectTypes>${types.join('')}</msg:AvailableObjectTypes>`,
    '<msg:Prefix/><msg:AvailableExtensions/></msg:Header>',
    version === undefined ? '' : `<Body xmlns="${format}">`,
  ].join('');
}

export function writeTail({ version }: MessageHead): string {
  return version === undefined ? '</Message>' : '</Body></Message>';
}

/** What the header of a peer's message says. */
export interface ReadHead extends Confirmation {
  readonly versions: readonly string[];
  /** Kinds the peer takes; undefined when it declares none. */
  readonly receives: ReadonlySet<string> | undefined;
}

/** Reads a parsed header; undefined when it is none. */
export function readHead(header: XmlValue): ReadHead | undefined {
  const confirmation = xmlMembers(header, 'Confirmation')[0];
  const text = (name: string): string => xmlTextOf(xmlMember(confirmation, name)).trim();
  const numbers = [text('MessageNo'), text('ReceivedNo')].map((number) =>
    /^\d{1,9}$/.test(number) ? Number(number) : undefined,
  );
  const [messageNo, receivedNo] = numbers;
  const isFormat = xmlTextOf(xmlMember(header, 'Format')).trim().startsWith(FORMAT);
  if (!isFormat || messageNo === undefined || receivedNo === undefined) return undefined;
  const types = xmlMembers(xmlMembers(header, 'AvailableObjectTypes')[0], 'ObjectType');
  const receives = types
    .filter((type) => xmlTextOf(xmlMember(type, 'Receiving')).trim() !== '')
    .map((type) => xmlTextOf(xmlMember(type, 'Name')).trim());
  return {
    ...{ plan: text('ExchangePlan'), to: text('To'), from: text('From'), messageNo, receivedNo },
    versions: xmlMembers(header, 'AvailableVersion')
      .slice(0, 100)
      .map((version) => xmlTextOf(version).trim()),
    receives: types.length === 0 ? undefined : new Set(receives),
  };
}

/** The newest version both sides know; the oldest of ours when they share none. */
export function commonVersion(theirs: readonly string[], newest: string): string {
  const ours = FORMAT_VERSIONS.slice(0, FORMAT_VERSIONS.indexOf(newest) + 1);
  return [...ours].reverse().find((version) => theirs.includes(version)) ?? ours[0] ?? newest;
}
