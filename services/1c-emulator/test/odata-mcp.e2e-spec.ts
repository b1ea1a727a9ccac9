import { McpClient } from './mcp-client.js';
import { ODataClient } from './odata-client.js';

describe('the standard interface under the public connector `1c-odata-mcp`', () => {
  let odata: ODataClient;
  let mcp: McpClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_USERS: 'Администратор:секрет' });
    mcp = await McpClient.start(odata.root);
  });
  afterAll(async () => {
    await mcp.stop();
    await odata.stop();
  });

  it('reads $metadata: every object, its keys, fields and relations', async () => {
    const health = await mcp.tool('read.system.health_check');
    expect(health).toMatchObject({ status: 'ok', odataVersion: '3.0' });
    expect(health['entityCount']).toBeGreaterThan(30);
    const { groups } = await mcp.tool('read.schema.list_entities', { search: 'сотрудники' });
    expect(JSON.stringify(groups)).toContain('Catalog_Сотрудники');
    const employee = await mcp.tool('read.schema.describe_entity', { entitySet: 'Catalog_Сотрудники' });
    expect(employee).toMatchObject({ keys: ['Ref_Key'], relations: expect.arrayContaining(['ФизическоеЛицо']) });
  });

  it('reads objects: organisations, documents of a period, one document whole', async () => {
    const { organizations } = await mcp.tool('read.system.list_organizations');
    expect(organizations).toHaveLength(1);
    const found = await mcp.tool('read.document.search_documents', {
      ...{ entitySet: 'Document_Отпуск', from: '2025-01-01', to: '2025-12-31' },
      ...{ organization: organizations[0].name, postedOnly: true, limit: 5 },
    });
    const [first] = found['items'] ?? Object.values(found).find(Array.isArray);
    expect(first).toMatchObject({ posted: true });
    const whole = await mcp.tool('read.document.get_document', { entitySet: 'Document_Отпуск', ref: first.ref });
    expect(whole).toMatchObject({ Ref_Key: first.ref, КоличествоДнейОсновногоОтпуска: 14 });
  });

  it('writes objects: copies a document, posts it, changes and marks it', async () => {
    const [source] = await odata
      .json('GET', '/Document_Отпуск?$top=1', undefined, { authorization: basic('Администратор:секрет') })
      .then(({ body }) => body.value);
    const entitySet = 'Document_Отпуск';
    const copy = await mcp.tool('write.document.copy_document', {
      ...{ entitySet, ref: source.Ref_Key, date: '2026-02-01', confirm: true },
    });
    const ref = copy['ref'] ?? copy['Ref_Key'];
    expect(ref).not.toBe(source.Ref_Key);
    await mcp.tool('write.document.post_document', { entitySet, ref, post: true, confirm: true });
    const fields = { Комментарий: 'через коннектор' };
    await mcp.tool('write.entity.update_entity', { entitySet, ref, fields, confirm: true });
    await mcp.tool('write.entity.mark_for_deletion', { entitySet, ref, mark: true, confirm: true });
    expect(await mcp.tool('read.document.get_document', { entitySet, ref })).toMatchObject({
      ...{ Date: '2026-02-01T00:00:00', Posted: true, DeletionMark: true, Комментарий: 'через коннектор' },
      // created, posted, changed, marked
      DataVersion: 'AAAAAAAAAAM=',
    });
  });
});

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
