import { unzipSync } from 'fflate';
import { createClientAsync, type Client } from 'soap';
import { readStoredText, writeStoredText } from '../src/protocol/soap/value-storage.codec.js';
import { ODataClient } from './odata-client.js';

const PLAN = 'СинхронизацияДанныхЧерезУниверсальныйФормат';
const PEER = 'КЭДО';
const VERSIONS = ['Exchange', 'Exchange_2_0_1_6', 'Exchange_3_0_1_1', 'Exchange_3_0_2_1', 'Exchange_3_0_2_2'];
const WITH_NODES = VERSIONS.slice(2);
const WITH_AREAS = VERSIONS.slice(3);
const node = { ExchangePlanName: PLAN, NodeCode: PEER };

/** A v8:Structure as the npm client writes it. */
const structure = (members: Record<string, string>) => ({
  Property: Object.entries(members).map(([name, Value]) => ({ attributes: { name }, Value })),
});

describe('web services Exchange* with the npm client `soap`', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '5' });
  });
  afterAll(() => odata.stop());

  const connect = async (service: string): Promise<Client> => {
    const alias = service.startsWith('Exchange') ? service.toLowerCase() : service;
    const url = `${odata.emulator.protocolUrl}/zup/ws/${alias}.1cws?wsdl`;
    return createClientAsync(url, { disableCache: true });
  };
  const call = async (client: Client, method: string, given: Record<string, unknown> = {}) => {
    const [answer] = await client[`${method}Async`]({ ...given, Zone: 0 });
    return answer;
  };
  const finished = async (client: Client, OperationID: string) => {
    for (;;) {
      const answer = await call(client, 'GetContinuousOperationStatus', { OperationID });
      if (answer.return !== 'Active') return answer;
    }
  };
  const fetched = async (client: Client, FileId: string, BlockSize = 0): Promise<string> => {
    const { TransferId, PartQuantity } = await call(client, 'PrepareGetFile', { FileId, BlockSize });
    const parts: Buffer[] = [];
    for (let PartNumber = 1; PartNumber <= Number(PartQuantity); PartNumber += 1) {
      const { PartData } = await call(client, 'GetFilePart', { TransferId, PartNumber });
      parts.push(Buffer.from(PartData, 'base64'));
    }
    await call(client, 'ReleaseFile', { TransferId });
    return Buffer.from(unzipSync(Buffer.concat(parts))['data.xml']!).toString('utf8');
  };

  it.each(VERSIONS)('%s knows its peer and does not know a stranger', async (service) => {
    const client = await connect(service);
    expect(await call(client, 'Ping')).toMatchObject({ return: '' });
    expect(await call(client, 'TestConnection', node)).toMatchObject({ return: true });
    expect(await call(client, 'TestConnection', { ...node, NodeCode: 'нет' })).toMatchObject({
      return: false,
      Result: 'Заданный узел плана обмена не найден. Обратитесь к администратору приложения.',
    });
    const { return: parameters } = await call(client, 'GetIBParameters', node);
    expect(JSON.stringify(parameters)).toContain('NodeExists');
    expect(typeof parameters === 'string').toBe(!WITH_NODES.includes(service));
  });

  it.each(VERSIONS)('%s writes a message in the background and gives it in parts', async (service) => {
    const client = await connect(service);
    const asked = { ...node, ContinuousOperation: false, Operation: '', FileID: '', ContinuousOperationAllowed: true };
    const { FileID, ContinuousOperation, Operation } = await call(client, 'UploadData', asked);
    expect(ContinuousOperation).toBe(true);
    expect(await finished(client, Operation)).toMatchObject({ return: 'Completed' });
    expect(await fetched(client, FileID, 1)).toContain(`<msg:To>${PEER}</msg:To>`);
  });

  it.each(VERSIONS)('%s writes a message within the call when the caller cannot wait', async (service) => {
    const client = await connect(service);
    const asked = { ...node, ContinuousOperation: false, Operation: '', FileID: '', ContinuousOperationAllowed: false };
    const answer = await call(client, 'UploadData', asked);
    expect(answer).toMatchObject({ ContinuousOperation: false });
    expect(await fetched(client, answer.FileID)).toContain('<msg:Header>');
  });

  it.each(VERSIONS)('%s carries a whole message in ХранилищеЗначения, both ways', async (service) => {
    const client = await connect(service);
    const message = { ExchangePlanName: PLAN, InfobaseNodeCode: PEER };
    const { ExchangeMessageStorage } = await call(client, 'Upload', message);
    const text = await readStoredText(Buffer.from(ExchangeMessageStorage, 'base64'), 10_000_000);
    expect(text).toContain('<msg:Confirmation>');
    const own = (await writeStoredText(text!)).toString('base64');
    // a message of this infobase is not one of its peer
    await expect(call(client, 'Download', { ...message, ExchangeMessageStorage: own })).rejects.toThrow(
      `{ВебСервис.${service}.Модуль(12)}: Сообщение обмена предназначено для другого узла.`,
    );
    const turned = text!
      .replace(`<msg:To>${PEER}</msg:To><msg:From>ЗУП</msg:From>`, `<msg:To>ЗУП</msg:To><msg:From>${PEER}</msg:From>`)
      .replace(/<msg:MessageNo>\d+/, `<msg:MessageNo>${VERSIONS.indexOf(service) + 1}`);
    const given = (await writeStoredText(turned)).toString('base64');
    expect(await call(client, 'Download', { ...message, ExchangeMessageStorage: given })).toMatchObject({ return: '' });
  });

  it.each(VERSIONS)('%s joins uploaded parts and tells why they cannot be loaded', async (service) => {
    const client = await connect(service);
    const TransferId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    for (const [nth, text] of ['no ', 'archive'].entries()) {
      const PartData = Buffer.from(text).toString('base64');
      await call(client, 'PutFilePart', { TransferId, PartNumber: nth + 1, PartData });
    }
    const { FileId: FileID } = await call(client, 'SaveFileFromParts', { TransferId, PartQuantity: 2 });
    const asked = { ...node, FileID, ContinuousOperation: false, Operation: '', ContinuousOperationAllowed: true };
    const { Operation } = await call(client, 'DownloadData', asked);
    expect(await finished(client, Operation)).toMatchObject({
      return: 'Failed',
      ErrorMessageString: 'Файл не является архивом или поврежден.',
    });
    await expect(call(client, 'PutFilePart', { TransferId: 'x', PartNumber: 1, PartData: '' })).rejects.toThrow(
      'TransferId',
    );
  });

  it.each(WITH_NODES)('%s makes a node out of the assistant’s settings and removes it', async (service) => {
    const client = await connect(service);
    const NodeCode = `Узел ${service}`;
    const XMLParametersString = `<Setup><Main><ExchangePlanName>${PLAN}</ExchangePlanName><SourceInfobaseID>${NodeCode}</SourceInfobaseID></Main></Setup>`;
    await call(client, 'CreateExchangeNode', { Parameters: structure({ XMLParametersString }) });
    expect(await call(client, 'TestConnection', { ...node, NodeCode })).toMatchObject({ return: true });
    await call(client, 'RemoveExchangeNode', { ExchangePlanName: PLAN, NodeID: NodeCode });
    expect(await call(client, 'TestConnection', { ...node, NodeCode })).toMatchObject({ return: false });
  });

  it.each(WITH_AREAS)('%s runs transfers of other areas as tasks with ids of the caller', async (service) => {
    const client = await connect(service);
    const TaskID = `task-${service}`;
    expect(await call(client, 'TaskStatus', { TaskID })).toMatchObject({ return: '' });
    await call(client, 'UploadDataInt', { ...node, TaskID });
    await call(client, 'StopTasks', { TasksID: { Value: [TaskID] } });
    expect(['Завершено', 'НеЗапланировано']).toContain((await call(client, 'TaskStatus', { TaskID })).return);
    await call(client, 'DownloadDataInt', { ...node, TaskID, FileID: 'нет' });
    await call(client, 'Callback', { TaskID, Error: 'нет места' });
    expect((await call(client, 'TaskStatus', { TaskID })).return).toBe('Ошибка');
    const settings = { ExchangePlanName: PLAN, CorrespondentNodeCode: PEER };
    await call(client, 'ChangeNodeTransportToWSInt', { Parameters: structure(settings) });
  });

  it.each([
    ['Exchange_2_0_1_6', 12 + 1],
    ['Exchange_3_0_1_1', 12 + 1 + 3],
    ['Exchange_3_0_2_2', 12 + 1 + 3 + 6],
  ])('%s describes %i methods', async (service, methods) => {
    const client = await connect(service);
    expect(Object.keys(client.describe()[service][`${service}Soap`])).toHaveLength(methods);
  });

  it('RemoteControl tells its state to a watchdog that only knows curl', async () => {
    const reply = await fetch(`${odata.emulator.protocolUrl}/zup/ws/RemoteControl`, {
      method: 'POST',
      headers: { SOAPAction: 'http://www.1c.ru/SSL/RemoteControl_1_0_0_1#RemoteControl:GetCurrentState' },
      body:
        '<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ns1="http://www.1c.ru/SSL/RemoteControl_1_0_0_1">' +
        '<env:Body><ns1:GetCurrentState/></env:Body></env:Envelope>',
    });
    expect(/.*m:return[^>]+>(\w+)</.exec(await reply.text())?.[1]).toBe('Ready');
    const client = await connect('RemoteControl');
    expect(await call(client, 'GetCurrentState')).toMatchObject({ return: 'Ready' });
    const versions = await call(await connect('InterfaceVersion'), 'GetVersions', { InterfaceName: 'DataExchange' });
    expect(JSON.stringify(versions)).toContain('3.0.2.2');
  });
});
