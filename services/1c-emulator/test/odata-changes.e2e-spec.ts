import { ODataClient } from './odata-client.js';

const PLAN = 'ExchangePlan_СинхронизацияДанныхЧерезУниверсальныйФормат';

describe('registration of changes for nodes of exchange plans', () => {
  let odata: ODataClient;
  let node: string;
  beforeEach(async () => {
    odata = await ODataClient.start();
    const nodes = await odata.rows(`/${PLAN}?$filter=ThisNode eq false`);
    node = nodes[0].Ref_Key;
  });
  afterEach(() => odata.stop());

  const point = (key = node): string => encodeURIComponent(`'${odata.root}/${PLAN}(guid'${key}')'`);
  const select = async (messageNo: number) => {
    const path = `${odata.root}/SelectChanges?DataExchangePoint=${point()}&MessageNo=${messageNo}`;
    const reply = await fetch(path, { method: 'POST' });
    const text = await reply.text();
    return {
      reply,
      text,
      entries: text.split('<entry').length - 1,
      removed: text.split('<at:deleted-entry').length - 1,
    };
  };
  const confirm = (messageNo: number) =>
    fetch(`${odata.root}/NotifyChangesReceived?DataExchangePoint=${point()}&MessageNo=${messageNo}`, {
      method: 'POST',
    });

  it('has the infobase itself and its peer as nodes', async () => {
    const codes = (await odata.rows(`/${PLAN}`)).map(({ Code, ThisNode }: Record<string, unknown>) => [Code, ThisNode]);
    expect(codes).toEqual([
      ['ЗУП', true],
      ['КЭДО', false],
    ]);
  });

  it('repeats what changed as an Atom feed with tombstones until the message is confirmed', async () => {
    expect((await select(1)).entries).toBe(0);
    const { body } = await odata.json('POST', '/Catalog_Валюты', { Description: 'XTS' });
    const [employee] = await odata.rows('/Catalog_Сотрудники?$top=1&$select=Ref_Key');
    await odata.call('DELETE', `/Catalog_Сотрудники(guid'${employee.Ref_Key}')`);

    const { reply, text, entries, removed } = await select(34);
    expect([reply.status, entries, removed]).toEqual([200, 1, 1]);
    expect(reply.headers.get('content-type')).toBe('application/atom+xml;type=feed;charset=utf-8');
    expect(text).toContain(`<d:Ref_Key>${body.Ref_Key}</d:Ref_Key>`);
    expect(text).toMatch(
      new RegExp(`<at:deleted-entry ref="[^"]+Catalog_Сотрудники\\(guid'${employee.Ref_Key}'\\)" when="[^"]+"/>`),
    );
    expect(await select(34)).toMatchObject({ entries: 1, removed: 1 });
    expect((await confirm(33)).status).toBe(200);
    expect(await select(34)).toMatchObject({ entries: 1, removed: 1 });
    expect((await confirm(34)).status).toBe(200);
    expect(await select(35)).toMatchObject({ entries: 0, removed: 0 });
  });

  it.each([
    ['', 400, '12'],
    [`?DataExchangePoint='x'&MessageNo=1`, 404, '8'],
    [`?DataExchangePoint='${PLAN}(guid''00000000-0000-0000-0000-000000000000'')'&MessageNo=1`, 404, '9'],
  ])('refuses "%s" with HTTP %i and code %s', async (query, status, code) => {
    const reply = await odata.json('POST', `/SelectChanges${query}`);
    expect([reply.status, reply.body['odata.error'].code]).toEqual([status, code]);
  });
});
