import { request } from 'undici';
import { ODataClient } from './odata-client.js';

describe('pages that are asked for again', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start();
  });
  afterAll(() => odata.stop());
  const page = '/Catalog_Должности?$top=1&$select=Ref_Key,Description';

  it('are the same bytes until somebody writes, then what was written', async () => {
    const [first] = await odata.rows(page);
    expect(await odata.rows(page)).toEqual([first]);
    await odata.json('PATCH', `/Catalog_Должности(guid'${first.Ref_Key}')`, { Description: 'Другая' });
    const changed = await odata.rows(`${page}&$filter=Description eq 'Другая'`);
    expect(changed).toHaveLength(1);
    expect(await odata.rows(`${page}&$filter=Description eq 'Другая'`)).toEqual(changed);
  });

  it('show another part of the population as soon as it is chosen', async () => {
    const employees = '/Catalog_Сотрудники/$count';
    const list = '/Catalog_Сотрудники?$select=Code&$top=1000';
    expect(await odata.rows(list)).toHaveLength(50);
    await request(`${odata.emulator.adminUrl}/__admin/staff`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ employees: 60 }),
    });
    expect(await odata.rows(list)).toHaveLength(60);
    expect((await odata.call('GET', employees)).text).toContain('60');
  });
});
