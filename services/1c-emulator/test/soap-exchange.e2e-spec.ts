import { createClientAsync, type Client } from 'soap';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { ODataClient } from './odata-client.js';

const PLAN = 'СинхронизацияДанныхЧерезУниверсальныйФормат';
const PEER = 'КЭДО';
const MESSAGE = 'http://www.1c.ru/SSL/Exchange/Message';
const FORMAT = 'http://v8.1c.ru/edi/edi_stnd/EnterpriseData';

/** A peer of data exchange on top of the public `soap` client. */
class Peer {
  private constructor(readonly client: Client) {}

  static async connect(odata: ODataClient, service = 'EnterpriseDataExchange_1_0_1_1.1cws'): Promise<Peer> {
    const url = `${odata.emulator.protocolUrl}/zup/ws/${service}`;
    return new Peer(await createClientAsync(`${url}?wsdl`, { disableCache: true }));
  }

  async call(method: string, given: Record<string, unknown> = {}) {
    const [answer] = await this.client[`${method}Async`](given);
    return answer;
  }

  /** Fetches a message the way 1C does: prepare, poll, parts, confirmation. */
  async fetch(partSizeKb = 0): Promise<{ readonly text: string; readonly parts: number }> {
    const prepared = await this.call('PrepareDataForGetting', {
      ExchangePlanName: PLAN,
      PeerCode: PEER,
      PartSize: partSizeKb,
    });
    const result = await this.finished(prepared.OperationID);
    expect(result.return.Status).toBe('Completed');
    const { FileID, PartCount } = result.return;
    const parts: Buffer[] = [];
    for (let PartNumber = 1; PartNumber <= Number(PartCount); PartNumber += 1) {
      const part = await this.call('GetDataPart', { FileID, PartNumber });
      parts.push(Buffer.from(part.return, 'base64'));
    }
    await this.call('ConfirmGettingFile', { FileID, ClearDataPool: true });
    const archive = unzipSync(Buffer.concat(parts));
    return { text: Buffer.from(archive['data.xml']!).toString('utf8'), parts: parts.length };
  }

  async finished(OperationID: string) {
    for (;;) {
      const result = await this.call('PrepareDataActionResult', { OperationID });
      if (result.return.Status !== 'Active') return result;
    }
  }

  /** Sends a message in parts of `partBytes`; the final state of its loading. */
  async send(text: string, partBytes = 1_000_000) {
    const archive = Buffer.from(zipSync({ 'data.xml': strToU8(`\ufeff${text}`) }));
    const FileID = `file-${archive.length}-${text.length}`;
    for (let at = 0, PartNumber = 1; at < archive.length; at += partBytes, PartNumber += 1) {
      const PartData = archive.subarray(at, at + partBytes).toString('base64');
      await this.call('PutFilePart', { FileID, PartNumber, PartData });
    }
    return this.load(FileID);
  }

  async load(FileID: string) {
    const { OperationID } = await this.call('PutData', { ExchangePlanName: PLAN, PeerCode: PEER, FileID });
    for (;;) {
      const result = await this.call('PutDataActionResult', { OperationID });
      if (result.return !== 'Active') return result;
    }
  }
}

interface Numbers {
  readonly messageNo: number;
  readonly receivedNo: number;
}

function message({ messageNo, receivedNo }: Numbers, objects?: string, versions = ['1.8', '1.21']): string {
  const body = objects === undefined ? '' : `<Body xmlns="${FORMAT}/1.8">${objects}</Body>`;
  const known = versions.map((version) => `<msg:AvailableVersion>${version}</msg:AvailableVersion>`).join('');
  const types = ['Сотрудники', 'ФизическиеЛица', 'Должности', 'Организации']
    .map(
      (name) =>
        `<msg:ObjectType><msg:Name>Справочник.${name}</msg:Name><msg:Sending>*</msg:Sending><msg:Receiving>*</msg:Receiving></msg:ObjectType>`,
    )
    .join('');
  return (
    `<Message xmlns:msg="${MESSAGE}"><msg:Header><msg:Format>${FORMAT}</msg:Format><msg:CreationDate>2026-01-01T00:00:00</msg:CreationDate>` +
    `<msg:Confirmation><msg:ExchangePlan>${PLAN}</msg:ExchangePlan><msg:To>ЗУП</msg:To><msg:From>${PEER}</msg:From>` +
    `<msg:MessageNo>${messageNo}</msg:MessageNo><msg:ReceivedNo>${receivedNo}</msg:ReceivedNo></msg:Confirmation>${known}` +
    `<msg:AvailableObjectTypes>${types}</msg:AvailableObjectTypes></msg:Header>${body}</Message>`
  );
}

const field = (text: string, name: string): string | undefined => new RegExp(`<msg:${name}>([^<]*)<`).exec(text)?.[1];
const count = (text: string, element: string): number => text.split(`<${element}>`).length - 1;
const PERSON = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const person = (name: string): string =>
  `<Справочник.ФизическиеЛица><КлючевыеСвойства><Ссылка>${PERSON}</Ссылка><ФИО>${name}</ФИО><ДатаРождения>1990-02-03</ДатаРождения>` +
  `<КодВПрограмме>77</КодВПрограмме></КлючевыеСвойства><Пол>Женский</Пол></Справочник.ФизическиеЛица>`;

describe('EnterpriseDataExchange_1_0_1_1 with the npm client `soap`', () => {
  let odata: ODataClient;
  let peer: Peer;
  beforeEach(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '40' });
    peer = await Peer.connect(odata);
  });
  afterEach(() => odata.stop());

  it('describes every method of the service to the client', () => {
    const { EnterpriseDataExchange_1_0_1_1: service } = peer.client.describe();
    expect(Object.keys(service)).toEqual([
      'EnterpriseDataExchange_1_0_1_1Soap',
      'EnterpriseDataExchange_1_0_1_1Soap12',
    ]);
    expect(Object.keys(service.EnterpriseDataExchange_1_0_1_1Soap)).toEqual([
      ...['Ping', 'TestConnection', 'PrepareDataForGetting', 'PrepareDataActionResult', 'GetDataPart'],
      ...['ConfirmGettingFile', 'PutFilePart', 'PutData', 'PutDataActionResult'],
    ]);
  });

  it('answers Ping, knows its peer and does not know a stranger', async () => {
    expect(await peer.call('Ping')).toMatchObject({ return: '' });
    expect(await peer.call('TestConnection', { ExchangePlanName: PLAN, PeerCode: PEER })).toMatchObject({
      return: true,
    });
    expect(await peer.call('TestConnection', { ExchangePlanName: PLAN, PeerCode: 'нет' })).toMatchObject({
      return: false,
      ErrorMessage: 'Заданный узел плана обмена не найден. Обратитесь к администратору приложения.',
    });
  });

  it('gives the whole infobase first, in parts, and then only what changed after the confirmation', async () => {
    const { text, parts } = await peer.fetch(4);
    expect(parts).toBeGreaterThan(1);
    expect(text.startsWith('\ufeff<?xml')).toBe(true);
    expect([field(text, 'MessageNo'), field(text, 'ReceivedNo')]).toEqual(['1', '0']);
    expect(count(text, 'Справочник.Сотрудники')).toBe(40);
    expect(count(text, 'Справочник.КадроваяИсторияСотрудников')).toBe(40);

    // not confirmed yet: the same goes again under the next number
    const again = await peer.fetch();
    expect([field(again.text, 'MessageNo'), count(again.text, 'Справочник.Сотрудники')]).toEqual(['2', 40]);

    expect(await peer.send(message({ messageNo: 1, receivedNo: 2 }, ''))).toMatchObject({ return: 'Completed' });
    const [first] = await odata.rows('/Catalog_Сотрудники?$top=1&$select=Ref_Key');
    await odata.json('PATCH', `/Catalog_Сотрудники(guid'${first.Ref_Key}')`, { Description: 'Переименован' });
    const next = await peer.fetch();
    expect([field(next.text, 'MessageNo'), field(next.text, 'ReceivedNo')]).toEqual(['3', '1']);
    expect(count(next.text, 'Справочник.Сотрудники')).toBe(1);
    expect(next.text).toContain('<Наименование>Переименован</Наименование>');
  });

  it('loads objects of a peer’s message, sent in parts, and does not send them back', async () => {
    await peer.fetch();
    const sent = message({ messageNo: 1, receivedNo: 1 }, person('Новая Анна Ивановна'));
    expect(await peer.send(sent, 300)).toMatchObject({ return: 'Completed' });
    const { body } = await odata.json('GET', `/Catalog_ФизическиеЛица(guid'${PERSON}')`);
    expect(body).toMatchObject({ ФИО: 'Новая Анна Ивановна', Пол: 'Женский', ДатаРождения: '1990-02-03T00:00:00' });
    const next = await peer.fetch();
    expect(next.text).not.toContain(PERSON);
    expect(field(next.text, 'ReceivedNo')).toBe('1');
  });

  it('refuses a message that was loaded before', async () => {
    expect(await peer.send(message({ messageNo: 1, receivedNo: 0 }, person('А')))).toMatchObject({
      return: 'Completed',
    });
    expect(await peer.send(message({ messageNo: 1, receivedNo: 0 }, person('Б Б')))).toMatchObject({
      return: 'Failed',
      ErrorMessage: 'Сообщение обмена с номером 1 уже было загружено.',
    });
  });

  it('answers a greeting without data by the same and then speaks the newest common version', async () => {
    expect(await peer.send(message({ messageNo: 0, receivedNo: 0 }, undefined, ['1.2', '1.8']))).toMatchObject({
      return: 'Completed',
    });
    const greeting = await peer.fetch();
    expect(greeting.text).not.toContain('<Body');
    expect([field(greeting.text, 'MessageNo'), field(greeting.text, 'To')]).toEqual(['0', PEER]);
    const { text } = await peer.fetch();
    expect(text).toContain(`<Body xmlns="${FORMAT}/1.8">`);
    // the peer declared four kinds of objects it takes
    expect(count(text, 'Справочник.Сотрудники')).toBe(40);
    expect(count(text, 'Справочник.КадроваяИсторияСотрудников')).toBe(0);
  });

  it.each([
    [
      'an archive without files',
      Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]),
      'Файл архива не содержит данных.',
    ],
    ['no archive', Buffer.from('hello'), 'Файл не является архивом или поврежден.'],
    ['no message', Buffer.from(zipSync({ a: strToU8('<a>1</a>') })), 'Формат сообщения обмена не распознан.'],
    [
      'an unclosed message',
      Buffer.from(zipSync({ a: strToU8(message({ messageNo: 1, receivedNo: 0 }, 'x').slice(0, -9)) })),
      'Формат сообщения обмена не распознан.',
    ],
  ])('fails a load of %s', async (_, bytes, text) => {
    await peer.call('PutFilePart', { FileID: 'f', PartNumber: 1, PartData: bytes.toString('base64') });
    expect(await peer.load('f')).toMatchObject({ return: 'Failed', ErrorMessage: text });
  });

  it('gives a fault for an upload without an id, Canceled for an unknown job and a text for a part that is not there', async () => {
    await expect(peer.call('PutFilePart', { FileID: '', PartNumber: 1, PartData: 'AA==' })).rejects.toThrow(
      'Не указан идентификатор загружаемого файла.',
    );
    expect(await peer.call('PutDataActionResult', { OperationID: 'x' })).toMatchObject({ return: 'Canceled' });
    await peer.call('PutFilePart', { FileID: 'f', PartNumber: 1, PartData: 'AA==' });
    expect(await peer.call('GetDataPart', { FileID: 'f', PartNumber: 2 })).toMatchObject({
      ErrorMessage: 'Часть файла с указанным номером не найдена.',
    });
  });

  it('speaks SOAP 1.2 to a client that does', async () => {
    const url = `${odata.emulator.protocolUrl}/zup/ws/EnterpriseDataExchange_1_0_1_1`;
    const client = await createClientAsync(`${url}?wsdl`, { forceSoap12Headers: true });
    const [answer] = await client['TestConnectionAsync']({ ExchangePlanName: PLAN, PeerCode: PEER });
    expect(answer).toMatchObject({ return: true });
    expect(client.lastResponse).toContain('http://www.w3.org/2003/05/soap-envelope');
  });

  it('tells which versions of an interface there are', async () => {
    const versions = await Peer.connect(odata, 'InterfaceVersion.1cws');
    const answer = await versions.call('GetVersions', { InterfaceName: 'EnterpriseDataExchange' });
    expect(JSON.stringify(answer.return)).toContain('1.0.1.1');
  });

  const rule = (fault: string) =>
    fetch(`${odata.emulator.adminUrl}/__admin/faults/${fault}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault, operations: ['soap.*'], options: {} }),
    });
  const prepare = () => peer.call('PrepareDataForGetting', { ExchangePlanName: PLAN, PeerCode: PEER, PartSize: 0 });
  const stateOf = async (OperationID: string) =>
    (await peer.call('PrepareDataActionResult', { OperationID })).return.Status;

  it.each([
    ['node-not-found', 'Заданный узел плана обмена не найден. Обратитесь к администратору приложения.'],
    ['app-updating', 'Синхронизация данных временно недоступна в связи с обновлением приложения.'],
  ])('fault %s is told in ErrorMessage', async (fault, text) => {
    await rule(fault);
    expect(await peer.call('TestConnection', { ExchangePlanName: PLAN, PeerCode: PEER })).toMatchObject({
      return: false,
      ErrorMessage: text,
    });
  });

  it('faults of background jobs leave them Active, cancel them, empty their archive, lose a part', async () => {
    await rule('job-stuck-active');
    const { OperationID } = await prepare();
    expect([await stateOf(OperationID), await stateOf(OperationID)]).toEqual(['Active', 'Active']);
    await rule('job-canceled');
    expect(await stateOf((await prepare()).OperationID)).toBe('Canceled');
    await fetch(`${odata.emulator.adminUrl}/__admin/faults`, { method: 'DELETE' });
    await rule('zip-empty');
    await expect(peer.fetch()).rejects.toThrow();
    await rule('part-missing');
    expect(await peer.call('GetDataPart', { FileID: 'any', PartNumber: 1 })).toMatchObject({
      ErrorMessage: 'Часть файла с указанным номером не найдена.',
    });
  });

  it('faults of numbers leave a gap, or use a number again', async () => {
    await rule('exchange-gap');
    expect(field((await peer.fetch()).text, 'MessageNo')).toBe('2');
    await fetch(`${odata.emulator.adminUrl}/__admin/faults`, { method: 'DELETE' });
    await rule('exchange-repeat');
    expect(field((await peer.fetch()).text, 'MessageNo')).toBe('2');
  });

  it('fault wsdl-changed shows another namespace, which the service then does not answer to', async () => {
    await rule('wsdl-changed');
    const stale = await Peer.connect(odata);
    await expect(stale.call('Ping')).rejects.toThrow();
  });
});
