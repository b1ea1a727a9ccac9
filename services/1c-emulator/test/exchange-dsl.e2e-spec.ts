import { unzipSync } from 'fflate';
import { ODataClient } from './odata-client.js';

const PLAN = 'СинхронизацияДанныхЧерезУниверсальныйФормат';

describe('the built-in service exchange_dsl_1_0_0_1', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '5' });
  });
  afterAll(() => odata.stop());

  const call = async (method: string, path: string, query: Record<string, string> = {}, body?: Buffer) => {
    const given = new URLSearchParams({ ExchangePlanName: PLAN, ...query }).toString();
    const url = `${odata.emulator.protocolUrl}/zup/hs/exchange_dsl_1_0_0_1/${path}?${given}`;
    const headers = { 'content-type': 'application/octet-stream' };
    const reply = await fetch(url, { method, ...(body === undefined ? {} : { body: new Uint8Array(body), headers }) });
    const bytes = Buffer.from(await reply.arrayBuffer());
    return { status: reply.status, type: reply.headers.get('content-type'), bytes, text: bytes.toString('utf8') };
  };
  const json = async (...given: Parameters<typeof call>) => JSON.parse((await call(...given)).text);
  const finished = async (OperationID: string) => {
    for (;;) {
      const status = await json('GET', '1/GetContinuousOperationStatus', { OperationID });
      if (status.Status !== 'Active') return status;
    }
  };

  it('tells its version, and JSON goes as text/html', async () => {
    expect(await call('GET', 'version')).toMatchObject({ status: 200, text: '1', type: 'text/html; charset=utf-8' });
    expect(await json('GET', '1/GetIBParameters', { NodeCode: 'нет' })).toMatchObject({
      NodeCode: 'ЗУП',
      NodeExists: false,
    });
  });

  it('makes a node, writes it a message, gives it in parts and removes the node', async () => {
    const NodeCode = 'Новый';
    expect((await call('POST', '1/CreateExchangeNode', { NodeCode })).status).toBe(200);
    const { OperationID } = await json('POST', '1/UploadData', { NodeCode });
    const { Status, FileID } = await finished(OperationID);
    expect(Status).toBe('Completed');
    const prepared = await json('POST', '1/PrepareGetFile', { FileID, BlockSize: '1' });
    expect(prepared.PartQuantity).toBeGreaterThan(1);
    const parts: Buffer[] = [];
    for (let part = 1; part <= prepared.PartQuantity; part += 1) {
      parts.push((await call('GET', '1/GetFilePart', { FileID: prepared.FileID, PartNumber: String(part) })).bytes);
    }
    const message = Buffer.from(unzipSync(Buffer.concat(parts))['data.xml']!).toString('utf8');
    expect(message).toContain(`<msg:To>${NodeCode}</msg:To>`);
    expect((await call('DELETE', '1/ReleaseFile', { FileID })).status).toBe(200);
    expect((await call('DELETE', '1/RemoveExchangeNode', { NodeCode })).status).toBe(200);
    expect(await call('POST', '1/UploadData', { NodeCode })).toMatchObject({
      status: 400,
      text: expect.stringContaining('узел'),
    });
  });

  it('joins uploaded parts and tells why a file cannot be loaded', async () => {
    await call('POST', '1/PutFilePart', { SessionID: 's', PartNumber: '1' }, Buffer.from('no '));
    await call('POST', '1/PutFilePart', { SessionID: 's', PartNumber: '2' }, Buffer.from('archive'));
    const { FileID } = await json('POST', '1/SaveFileFromParts', { SessionID: 's', PartCount: '2' });
    const { OperationID } = await json('POST', '1/DownloadData', { NodeCode: 'КЭДО', FileID });
    expect(await finished(OperationID)).toMatchObject({
      Status: 'Failed',
      ErrorMessage: 'Файл не является архивом или поврежден.',
    });
  });

  it.each([
    ['GET', '1/Nothing', 404],
    ['GET', '1', 404],
    ['GET', '1/UploadData', 405],
    ['GET', '1/GetFilePart', 400],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await call(method, path)).status).toBe(status);
  });
});
