import { request } from 'undici';
import { ODataClient } from './odata-client.js';

const ZERO = '00000000-0000-0000-0000-000000000000';

describe('writes of the standard interface', () => {
  let odata: ODataClient;
  beforeEach(async () => {
    odata = await ODataClient.start();
  });
  afterEach(() => odata.stop());

  const created = async (body: unknown = { Description: 'Отпуск по графику' }) =>
    (await odata.json('POST', '/Catalog_ВидыОтпусков', body)).body;
  const code = async (reply: Promise<{ status: number; body: Record<string, { code: string }> }>) => {
    const { status, body } = await reply;
    return [status, body['odata.error']?.code];
  };

  it('creates with 201, the whole object and a Location in raw UTF-8', async () => {
    const { status, body, headers } = await odata.json('POST', '/Catalog_ВидыОтпусков', { Description: 'Учебный' });
    expect([status, body.DataVersion, body.DeletionMark]).toEqual([201, 'AAAAAAAAAAA=', false]);
    expect(body.Code).toHaveLength(9);
    const location = Buffer.from(String(headers['location']), 'latin1').toString('utf8');
    expect(location).toBe(`${odata.root}/Catalog_ВидыОтпусков(guid'${body.Ref_Key}')`);
    const read = await request(encodeURI(location), { headers: { accept: 'application/json' } });
    expect(await read.body.json()).toMatchObject({ Description: 'Учебный' });
  });

  it('counts every PATCH in DataVersion and answers 200 with the whole object, Ref_Key in the body ignored', async () => {
    const { Ref_Key } = await created();
    const path = `/Catalog_ВидыОтпусков(guid'${Ref_Key}')`;
    const { status, body } = await odata.json(
      'PATCH',
      path,
      { DeletionMark: true, Ref_Key: ZERO },
      { 'if-match': 'old' },
    );
    expect([status, body.Ref_Key, body.DataVersion, body.DeletionMark]).toEqual([200, Ref_Key, 'AAAAAAAAAAE=', true]);
    expect((await odata.json('PATCH', path, {})).body.DataVersion).toBe('AAAAAAAAAAI=');
  });

  it('lays a write over a seeded object, everywhere it is read', async () => {
    const [employee] = await odata.rows('/Catalog_Сотрудники?$top=1&$skip=5');
    await odata.json('PATCH', `/Catalog_Сотрудники(guid'${employee.Ref_Key}')`, { ВАрхиве: true });
    const archived = await odata.rows('/Catalog_Сотрудники?$filter=ВАрхиве eq true');
    expect(archived).toMatchObject([{ Ref_Key: employee.Ref_Key, Description: employee.Description }]);
    expect((await odata.call('GET', '/Catalog_Сотрудники/$count')).text).toBe('\ufeff50');
  });

  it('deletes with 204 and nothing else, then knows nothing of it', async () => {
    const { Ref_Key } = await created();
    const path = `/Catalog_ВидыОтпусков(guid'${Ref_Key}')`;
    expect(await odata.call('DELETE', path)).toMatchObject({ status: 204, text: '' });
    expect(await code(odata.json('DELETE', path))).toEqual([404, '9']);
    const [employee] = await odata.rows('/Catalog_Сотрудники?$top=1');
    await odata.call('DELETE', `/Catalog_Сотрудники(guid'${employee.Ref_Key}')`);
    expect((await odata.call('GET', '/Catalog_Сотрудники/$count')).text).toBe('\ufeff49');
  });

  it('accepts leniently: unknown fields, text for a number, a reference to nothing; cuts long text', async () => {
    const sent = { Description: 'Д'.repeat(200), НетТакого: 1, Code: 5 };
    const { Description, Code } = await created(sent);
    expect([Description.length, Code]).toEqual([100, '5']);
    const { body } = await odata.json('POST', '/Catalog_Файлы', {
      Размер: 'много',
      'ВладелецФайла@odata.bind': `Catalog_Сотрудники(guid'${ZERO}')`,
      Дата: '2026-01-15T09:00:00.000Z',
    });
    expect(body).toMatchObject({ Размер: '0', ВладелецФайла_Type: 'StandardODATA.Catalog_Сотрудники' });
  });

  it('replaces a tabular part as a whole', async () => {
    const row = (LineNumber: number, КоличествоДней: number) => ({ LineNumber: String(LineNumber), КоличествоДней });
    const { body } = await odata.json('POST', '/Document_Отпуск', { ДополнительныеОтпуска: [row(1, 3), row(2, 7)] });
    const path = `/Document_Отпуск(guid'${body.Ref_Key}')`;
    const { body: after } = await odata.json('PATCH', path, { ДополнительныеОтпуска: [row(1, 5)] });
    expect(after.ДополнительныеОтпуска).toMatchObject([{ Ref_Key: body.Ref_Key, LineNumber: '1', КоличествоДней: 5 }]);
    const rows = await odata.rows(`/Document_Отпуск_ДополнительныеОтпуска?$filter=Ref_Key eq guid'${body.Ref_Key}'`);
    expect(rows).toHaveLength(1);
  });

  it.each([
    [{ DeletionMark: 'да' }, 400, '1'],
    [{ Ref_Key: 'нет' }, 400, '1'],
    [{ Description: ['а'] }, 500, '-1'],
    [{ ДополнительныеОтпуска: [{ LineNumber: 2 }] }, 400, '4'],
    [{ ДополнительныеОтпуска: [{ КоличествоДней: 2 }] }, 500, '-1'],
    ['{"Description":', 500, '-1'],
  ])('refuses %j with %i and code %s', async (body, status, expected) => {
    const headers = { 'content-type': 'application/json' };
    const target = typeof body !== 'string' && 'Description' in body ? '/Catalog_ВидыОтпусков' : '/Document_Отпуск';
    expect(await code(odata.json('POST', target, body, headers))).toEqual([status, expected]);
  });

  it('refuses a key twice, rows of tabular parts, incomplete PUT and the wrong method', async () => {
    const { Ref_Key } = await created();
    expect(await code(odata.json('POST', '/Catalog_ВидыОтпусков', { Ref_Key }))).toEqual([400, '15']);
    expect(await code(odata.json('POST', '/Document_Отпуск_НДФЛ', {}))).toEqual([400, '13']);
    expect(await code(odata.json('PUT', `/Catalog_ВидыОтпусков(guid'${Ref_Key}')`, {}))).toEqual([400, '5']);
    expect(await code(odata.json('PATCH', '/Catalog_ВидыОтпусков', {}))).toEqual([405, '19']);
    expect(await code(odata.json('POST', '/$batch', {}))).toEqual([501, '0']);
  });

  it('writes independent registers by their dimensions and constants by a guid of zeros', async () => {
    const [{ Ref_Key }] = await odata.rows('/Catalog_ФизическиеЛица?$top=1');
    const policy = { Period: '2026-01-15T00:00:00', ФизическоеЛицо_Key: Ref_Key, НомерПолиса: '7700' };
    const set = '/InformationRegister_ПолисыОМСФизическихЛиц';
    expect((await odata.json('POST', set, policy)).status).toBe(200);
    expect(await code(odata.json('POST', set, policy))).toEqual([400, '15']);
    const key = `(Period=datetime'2026-01-15T00:00:00',ФизическоеЛицо_Key=guid'${Ref_Key}')`;
    expect((await odata.json('GET', set + key)).body.НомерПолиса).toBe('7700');
    const constant = await odata.json('PATCH', `/Constant_ЗаголовокСистемы(guid'${ZERO}')`, { Value: 'Стенд' });
    expect([constant.status, constant.body.Value]).toEqual([200, 'Стенд']);
  });

  it('posts a hire into the HR history and takes it back', async () => {
    const [{ Ref_Key: Сотрудник_Key }] = await odata.rows('/Catalog_Сотрудники?$top=1');
    const hire = { Сотрудник_Key, ДатаПеревода: '', ДатаНачала: '2026-02-01T00:00:00' };
    const { body } = await odata.json('POST', '/Document_КадровыйПеревод', hire);
    const path = `/Document_КадровыйПеревод(guid'${body.Ref_Key}')`;
    const last = async () => {
      const call = `SliceLast(Condition='Сотрудник_Key eq guid''${Сотрудник_Key}''')`;
      const [row] = await odata.rows(`/InformationRegister_КадроваяИсторияСотрудников/${call}`);
      return row.ВидСобытия;
    };
    expect(await odata.call('POST', `${path}/Post?PostingModeOperational=false`)).toMatchObject({
      status: 200,
      text: '',
    });
    expect([(await odata.json('GET', path)).body.Posted, await last()]).toEqual([true, 'Перемещение']);
    expect((await odata.call('POST', `${path}/Unpost()`)).status).toBe(200);
    expect([(await odata.json('GET', path)).body.Posted, await last()]).toEqual([false, 'Прием']);
  });

  it('takes Atom entries and refuses entities and depth', async () => {
    const entry = (properties: string) =>
      '<entry xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
      'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><content type="application/xml">' +
      `<m:properties>${properties}</m:properties></content></entry>`;
    const type = { 'content-type': 'application/atom+xml' };
    const good = await odata.call(
      'POST',
      '/Catalog_ВидыОтпусков',
      entry('<d:Description>А &amp; Б</d:Description>'),
      type,
    );
    expect([good.status, good.headers['content-type']]).toEqual([201, 'application/atom+xml;type=entry;charset=utf-8']);
    expect(good.text).toContain('<d:Description>А &amp; Б</d:Description>');
    const bomb = `<!DOCTYPE a [<!ENTITY x "y">]>${entry('<d:Description>&x;</d:Description>')}`;
    expect((await odata.call('POST', '/Catalog_ВидыОтпусков', bomb, type)).status).toBe(500);
    expect((await odata.call('POST', '/Catalog_ВидыОтпусков', '<a>'.repeat(100_000), type)).status).toBe(500);
  });

  it('forgets all writes on reset', async () => {
    await created();
    await request(`${odata.emulator.adminUrl}/__admin/reset`, { method: 'POST' });
    expect(await odata.rows('/Catalog_ВидыОтпусков')).toEqual([]);
  });
});
