import { request } from 'undici';
import { ODataClient } from './odata-client.js';

describe('faults of the standard interface', () => {
  let odata: ODataClient;
  beforeEach(async () => {
    odata = await ODataClient.start();
  });
  afterEach(() => odata.stop());

  const admin = async (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const reply = await request(`${odata.emulator.adminUrl}/__admin${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, body: text === '' ? undefined : JSON.parse(text) };
  };
  const rule = (fault: string, options: object = {}, operations = ['odata.*']) =>
    admin('PUT', `/faults/${fault}`, { fault, operations, options });
  const POSITIONS = '/Catalog_Должности?$select=Ref_Key&$top=4';

  it('json-bom puts U+FEFF before the body', async () => {
    await rule('json-bom');
    const reply = await request(odata.root + encodeURI('/Catalog_Должности?$format=json&$top=1'));
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  });

  it('page-shift lets pages overlap', async () => {
    const [, , third, fourth] = await odata.rows(POSITIONS);
    await rule('page-shift', { rows: 2 });
    expect((await odata.rows(`${POSITIONS}&$skip=4`)).slice(0, 2)).toEqual([third, fourth]);
  });

  it('unstable-order changes the order unless one is asked for', async () => {
    const ordered = await odata.rows(`${POSITIONS}&$orderby=Description`);
    await rule('unstable-order');
    const orders = new Set<string>();
    for (let call = 0; call < 12; call += 1) orders.add(JSON.stringify(await odata.rows(POSITIONS)));
    expect(orders.size).toBeGreaterThan(1);
    expect(await odata.rows(`${POSITIONS}&$orderby=Description`)).toEqual(ordered);
  });

  it('dataversion-noise raises DataVersion of an object that is only read', async () => {
    const [{ Ref_Key }] = await odata.rows(POSITIONS);
    await rule('dataversion-noise');
    const read = () => odata.json('GET', `/Catalog_Должности(guid'${Ref_Key}')`).then(({ body }) => body.DataVersion);
    expect([await read(), await read()]).toEqual(['AAAAAAAAAAE=', 'AAAAAAAAAAI=']);
  });

  it.each([
    ['silent-truncation', { characters: 3 }, { Комментарий: 'длинный' }, { Комментарий: 'дли' }],
    ['int64-zeroed', {}, { Начислено: 7 }, { Начислено: 0 }],
    [
      'broken-reference',
      {},
      { Сотрудник_Key: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
      { Сотрудник_Key: 'dead0000-0000-4000-8000-000000000000' },
    ],
  ])('%s keeps something else and answers with success', async (fault, options, sent, kept) => {
    await rule(fault, options);
    const created = await odata.json('POST', '/Document_Отпуск', sent);
    expect([created.status, created.body]).toMatchObject([201, kept]);
    expect(created.body.Ref_Key).not.toMatch(/^dead/);
    const path = `/Document_Отпуск(guid'${created.body.Ref_Key}')`;
    expect(await odata.json('PATCH', path, sent)).toMatchObject({ status: 200, body: kept });
  });

  it('composition-empty leaves no object', async () => {
    await rule('composition-empty');
    expect((await odata.json('GET', '/')).body.value).toEqual([]);
    expect(await odata.json('GET', POSITIONS)).toMatchObject({ status: 404, body: { 'odata.error': { code: '8' } } });
    expect((await odata.call('GET', '/$metadata')).text).not.toContain('<EntitySet');
  });

  it('entity-unpublished takes one set away, with its tabular parts', async () => {
    await rule('entity-unpublished', { set: 'Document_Отпуск' });
    const { text } = await odata.call('GET', '/$metadata');
    expect(text).not.toContain('<EntitySet Name="Document_Отпуск');
    expect(text).toContain('<EntitySet Name="Catalog_Должности"');
    expect((await odata.json('GET', '/Document_Отпуск_НДФЛ')).status).toBe(404);
  });

  it('schema-changed takes a field away', async () => {
    await rule('schema-changed', { set: 'Catalog_Должности', field: 'НаименованиеКраткое' });
    const [row] = await odata.rows('/Catalog_Должности?$top=1');
    expect(row).toHaveProperty('Description');
    expect(row).not.toHaveProperty('НаименованиеКраткое');
    expect(await odata.json('GET', '/Catalog_Должности?$select=НаименованиеКраткое')).toMatchObject({ status: 400 });
  });

  it.each([
    ['html-200', 200, /^text\/html/],
    ['cp1251-page', 502, /windows-1251/],
    ['crash-html', 500, /^text\/html/],
  ])('error %s answers with a page', async (code, status, type) => {
    await rule('error', { code });
    const reply = await odata.call('GET', POSITIONS);
    expect([reply.status, String(reply.headers['content-type'])]).toEqual([status, expect.stringMatching(type)]);
  });

  it('shows sessions, written objects and the exchange on the admin door', async () => {
    await odata.rows(POSITIONS);
    const { body: sessions } = await admin('GET', '/sessions');
    expect(sessions).toMatchObject({ reuseSessions: 'autouse', poolSize: 10, licences: null, waiting: 0 });
    expect(sessions.sessions).toHaveLength(1);
    expect((await admin('DELETE', `/sessions/${sessions.sessions[0].id}`)).status).toBe(204);
    expect((await admin('DELETE', `/sessions/${sessions.sessions[0].id}`)).status).toBe(404);

    const { body } = await odata.json('POST', '/Catalog_Валюты', { Description: 'XTS' });
    expect((await admin('GET', '/objects')).body).toEqual({
      objects: 1,
      sets: [{ name: 'Catalog_Валюты', kind: 'Catalog', written: 1 }],
    });
    const written = await admin('GET', `/objects/${encodeURIComponent('Catalog_Валюты')}`);
    expect(written.body.objects).toMatchObject([{ key: body.Ref_Key, object: { Description: 'XTS' } }]);
    expect((await admin('GET', '/objects/Catalog_X')).status).toBe(404);

    const exchange = await admin('GET', '/exchange');
    expect(exchange.body.nodes).toMatchObject([
      { code: 'ЗУП', isOwn: true, pending: 0 },
      { code: 'КЭДО', isOwn: false, sentNo: 0, pending: 1 },
    ]);
    expect((await admin('PUT', '/exchange/jobs/x', { state: 'Failed' })).status).toBe(404);
    expect((await admin('PUT', '/exchange/jobs/x', { state: 'Gone' })).body.error).toContain('state: must be one of');
  });
});
