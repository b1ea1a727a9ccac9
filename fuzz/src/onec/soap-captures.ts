import { strToU8, zipSync } from 'fflate';

const SERVICE = 'EnterpriseDataExchange_1_0_1_1';
const SPACE = `http://www.1c.ru/SSL/${SERVICE}`;
const PLAN = 'СинхронизацияДанныхЧерезУниверсальныйФормат';
export const FILE_ID = 'fuzz';

/** An envelope that calls a method with these arguments. */
export function envelope(
  method: string,
  given: Readonly<Record<string, string>>,
  service = SERVICE,
  space = SPACE,
): string {
  const members = Object.entries(given).map(([name, value]) => `<${name}>${value}</${name}>`);
  return (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
    `<${method} xmlns="${space}" service="${service}">${members.join('')}</${method}></soap:Body></soap:Envelope>`
  );
}

const node = { ExchangePlanName: PLAN, PeerCode: 'КЭДО' };

/** Bodies of every method. */
export const SOAP_BODIES: readonly string[] = [
  envelope('Ping', {}),
  envelope('TestConnection', node),
  envelope('PrepareDataForGetting', { ...node, PartSize: '1.5' }),
  envelope('PrepareDataActionResult', { OperationID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }),
  envelope('GetDataPart', { FileID: FILE_ID, PartNumber: '1' }),
  envelope('ConfirmGettingFile', { FileID: 'x', ClearDataPool: 'true' }),
  envelope('PutFilePart', { FileID: FILE_ID, PartNumber: '1', PartData: 'UEsDBA==' }),
  envelope('PutData', { ...node, FileID: FILE_ID }),
  envelope('PutDataActionResult', { OperationID: '&#x41;' }),
  envelope(
    'GetVersions',
    { InterfaceName: 'EnterpriseDataExchange' },
    'InterfaceVersion',
    'http://www.1c.ru/SaaS/1.0/WS',
  ),
];

const AREAS = 'Exchange_3_0_2_2';
const AREAS_SPACE = `http://www.1c.ru/SSL/${AREAS}`;
const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const inArea = (method: string, given: Readonly<Record<string, string>>): string =>
  envelope(method, { ...given, Zone: '0' }, AREAS, AREAS_SPACE);
const exchangeNode = { ExchangePlanName: PLAN, NodeCode: 'КЭДО' };
const transfer = { ContinuousOperation: 'false', Operation: '', ContinuousOperationAllowed: 'true' };
const structure = (name: string, value: string): string =>
  `<Property name="${name}"><Value>${value}</Value></Property>`;

/** Bodies of the newest service `Exchange`, whose parameters are of every type there is. */
export const EXCHANGE_BODIES: readonly string[] = [
  inArea('TestConnection', exchangeNode),
  inArea('GetIBParameters', { ...exchangeNode, AdvancedOptions: structure('A', '1') }),
  inArea('UploadData', { ...exchangeNode, FileID: '', ...transfer }),
  inArea('DownloadData', { ...exchangeNode, FileID: FILE_ID, ...transfer }),
  inArea('Download', { ExchangePlanName: PLAN, InfobaseNodeCode: 'КЭДО', ExchangeMessageStorage: 'AgEAAAAAAAAAAAEC' }),
  inArea('PutFilePart', { TransferId: UUID, PartNumber: '1', PartData: 'UEsDBA==' }),
  inArea('SaveFileFromParts', { TransferId: UUID, PartQuantity: '1' }),
  inArea('PrepareGetFile', { FileId: UUID, BlockSize: '1.5' }),
  inArea('GetFilePart', { TransferId: UUID, PartNumber: '1' }),
  inArea('CreateExchangeNode', {
    Parameters: structure(
      'XMLParametersString',
      `&lt;a&gt;&lt;ExchangePlanName&gt;${PLAN}&lt;/ExchangePlanName&gt;&lt;/a&gt;`,
    ),
  }),
  inArea('RemoveExchangeNode', { ExchangePlanName: PLAN, NodeID: 'нет' }),
  inArea('UploadDataInt', { ...exchangeNode, TaskID: 'task' }),
  inArea('Callback', { TaskID: 'task', Error: 'x' }),
  inArea('StopTasks', { TasksID: '<Value>task</Value>' }),
  inArea('TaskStatus', { TaskID: 'task' }),
];

export const MTOM_TYPE = 'multipart/related; type="application/xop+xml"; boundary="b1"; start="<root>"';
export const MTOM_BODY = [
  ...['--b1', 'Content-ID: <root>', 'Content-Type: application/xop+xml', ''],
  envelope('PutFilePart', {
    ...{ FileID: FILE_ID, PartNumber: '1' },
    PartData: '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:data"/>',
  }),
  ...['--b1', 'Content-ID: <data>', '', 'PK', '--b1--', ''],
].join('\r\n');

/** A message of a peer. */
export const MESSAGE =
  '<Message xmlns:msg="http://www.1c.ru/SSL/Exchange/Message"><msg:Header>' +
  '<msg:Format>http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.8</msg:Format><msg:CreationDate>2026-01-01T00:00:00</msg:CreationDate>' +
  `<msg:Confirmation><msg:ExchangePlan>${PLAN}</msg:ExchangePlan><msg:To>ЗУП</msg:To><msg:From>КЭДО</msg:From>` +
  '<msg:MessageNo>1</msg:MessageNo><msg:ReceivedNo>0</msg:ReceivedNo></msg:Confirmation><msg:AvailableVersion>1.8</msg:AvailableVersion>' +
  '<msg:AvailableObjectTypes><msg:ObjectType><msg:Name>Справочник.Сотрудники</msg:Name><msg:Sending>*</msg:Sending><msg:Receiving>*</msg:Receiving>' +
  '</msg:ObjectType></msg:AvailableObjectTypes></msg:Header><Body xmlns="http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.8">' +
  '<Справочник.ФизическиеЛица><КлючевыеСвойства><Ссылка>3f2504e0-4f89-41d3-9a0c-0305e82c3301</Ссылка><ФИО>А Б В</ФИО>' +
  '<ДатаРождения>1990-02-03</ДатаРождения></КлючевыеСвойства><Пол>Женский</Пол></Справочник.ФизическиеЛица></Body></Message>';

/** The message as peers send it. */
export const ARCHIVE = Buffer.from(zipSync({ 'data.xml': strToU8(MESSAGE) }));

/** An archive of other bytes under an honest directory. */
export function archived(bytes: Uint8Array): Buffer {
  return Buffer.from(zipSync({ 'data.xml': bytes }));
}
