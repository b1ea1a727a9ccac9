import { ODataClient } from './odata-client.js';

describe('reads of the standard interface', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start();
  });
  afterAll(() => odata.stop());

  it('lists its sets as JSON and as Atom, which is the default', async () => {
    const { body, headers } = await odata.json('GET', '/');
    expect(body.value).toContainEqual({ name: 'Catalog_Сотрудники', url: 'Catalog_Сотрудники' });
    expect(headers['dataserviceversion']).toBe('3.0');
    const { text } = await odata.call('GET', '');
    expect(text).toContain('<collection href="Catalog_Сотрудники"><atom:title>Catalog_Сотрудники</atom:title>');
  });

  it('describes itself in XML whatever is asked for', async () => {
    const { text, headers } = await odata.call('GET', '/$metadata', undefined, { accept: 'application/json' });
    expect(headers['content-type']).toBe('application/xml;charset=utf-8');
    expect(text).toContain('<EntityType Name="Catalog_Сотрудники"><Key><PropertyRef Name="Ref_Key"/></Key>');
    expect(text).toContain('<EntityType Name="InformationRegister_КадроваяИсторияСотрудников" OpenType="true">');
    expect(text).toContain('<FunctionImport Name="SliceLast" IsBindable="true" IsSideEffecting="false"');
  });

  it('gives a page with a filter, chosen fields and the count of all', async () => {
    const filter = "ВАрхиве eq false and Code ne '0000000001'";
    const path = `/Catalog_Сотрудники?$filter=${filter}&$select=Ref_Key,Description&$top=3&$skip=1&$inlinecount=allpages`;
    const { body } = await odata.json('GET', path);
    expect(body['odata.count']).toBe('49');
    expect(body.value).toHaveLength(3);
    expect(Object.keys(body.value[0])).toEqual(['Ref_Key', 'Description']);
  });

  it('reads one object, follows its references and shows one property', async () => {
    const [employee] = await odata.rows('/Catalog_Сотрудники?$top=1');
    const path = `/Catalog_Сотрудники(guid'${employee.Ref_Key}')`;
    const { body } = await odata.json('GET', path);
    expect(body.Description).toBe(employee.Description);
    expect(body['ФизическоеЛицо@navigationLinkUrl']).toBe(
      `Catalog_Сотрудники(guid'${employee.Ref_Key}')/ФизическоеЛицо`,
    );
    const person = await odata.json('GET', `${path}/ФизическоеЛицо`);
    expect(person.body.ФИО).toBe(employee.Description);
    expect(person.body.КонтактнаяИнформация[0]).toMatchObject({ LineNumber: '1', Тип: 'Телефон' });
    const name = await odata.json('GET', `${path}/ФизическоеЛицо/ФИО`);
    expect(name.body.value).toBe(employee.Description);
  });

  it('expands references, with $select only when a path of it goes through them', async () => {
    const [whole] = await odata.rows('/Catalog_Сотрудники?$top=1&$expand=ФизическоеЛицо');
    expect(whole.ФизическоеЛицо.ФИО).toBe(whole.Description);
    const [part] = await odata.rows(
      '/Catalog_Сотрудники?$top=1&$expand=ФизическоеЛицо&$select=Code,ФизическоеЛицо/ИНН',
    );
    expect(Object.keys(part.ФизическоеЛицо)).toContain('ИНН');
    expect(Object.keys(part.ФизическоеЛицо)).not.toContain('ФИО');
    const [bare] = await odata.rows('/Catalog_Сотрудники?$top=1&$expand=ФизическоеЛицо&$select=Code');
    expect(bare.ФизическоеЛицо).toBeUndefined();
  });

  it('shows presentations', async () => {
    const [row] = await odata.rows('/Document_Отпуск?$top=1&$select=Presentation,Сотрудник____Presentation');
    expect(row.Presentation).toMatch(/^Отпуск 0000-000001 от \d\d\.\d\d\.\d{4} 0:00:00$/);
    expect(row.Сотрудник____Presentation).toMatch(/^\S+ \S+ \S+$/);
  });

  it('finds the HR history of a person through the rows of record sets', async () => {
    const [employee] = await odata.rows('/Catalog_Сотрудники?$top=1&$skip=7');
    const lambda = `RecordSet/any(d: d/ФизическоеЛицо_Key eq guid'${employee.ФизическоеЛицо_Key}')`;
    const found = await odata.rows(`/InformationRegister_КадроваяИсторияСотрудников?$filter=${lambda}`);
    expect(found).toHaveLength(1);
    expect(found[0].RecordSet[0]).toMatchObject({
      Сотрудник_Key: employee.Ref_Key,
      ВидСобытия: 'Прием',
      LineNumber: '1',
    });
  });

  it.each([
    ["SliceLast(Condition='Сотрудник_Key eq guid''%''')", 1],
    ["SliceLast(Condition='Сотрудник_Key eq guid'%'')", 1],
    ["SliceLast?Condition='Сотрудник_Key eq guid'%''", 1],
    ["SliceLast(Period=datetime'1970-01-01T00:00:00',Condition='Сотрудник_Key eq guid''%''')", 0],
    ['SliceLast()', 50],
  ])('takes the last slice: %s', async (call, rows) => {
    const [employee] = await odata.rows('/Catalog_Сотрудники?$top=1&$skip=3');
    const path = `/InformationRegister_КадроваяИсторияСотрудников/${call.replace('%', employee.Ref_Key)}`;
    expect(await odata.rows(path)).toHaveLength(rows);
  });

  it('sums an accumulation register by the dimensions asked for', async () => {
    const register = '/AccumulationRegister_ВзаиморасчетыССотрудниками';
    const details = await odata.rows(`${register}/Balance()`);
    const [total] = await odata.rows(`${register}/Balance(Dimensions='Организация')`);
    const sum = details.reduce(
      (all: number, row: { СуммаВзаиморасчетовBalance: number }) => all + row.СуммаВзаиморасчетовBalance,
      0,
    );
    expect([details.length, total.СуммаВзаиморасчетовBalance]).toEqual([50, sum]);
    const [turnover] = await odata.rows(`${register}/Turnovers(Dimensions='Организация')`);
    expect(turnover.СуммаВзаиморасчетовReceipt).toBe(sum);
  });

  it('counts with a BOM before the digits', async () => {
    const { text, headers } = await odata.call('GET', '/Catalog_Сотрудники/$count');
    expect([text, headers['content-type']]).toEqual(['\ufeff50', 'text/plain;charset=utf-8']);
  });

  it('orders by expressions and paths', async () => {
    const rows = await odata.rows(
      '/Catalog_Сотрудники?$orderby=ФизическоеЛицо/ДатаРождения desc,Code&$expand=ФизическоеЛицо',
    );
    const dates = rows.map((row: { ФизическоеЛицо: { ДатаРождения: string } }) => row.ФизическоеЛицо.ДатаРождения);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it.each([
    ["/Catalog_Сотрудники(guid'00000000-0000-0000-0000-000000000000')", 404, '9'],
    ['/Catalog_Сотрудникии', 404, '8'],
    ["/Catalog_Сотрудники(guid'нет')", 400, '1'],
    ['/Catalog_Сотрудники?$filter=Code eq', 400, '14'],
    ['/Catalog_Сотрудники?$filter=Нет eq 1', 400, '14'],
    ['/Catalog_Сотрудники?$filter=Code+eq+1', 400, '14'],
    ['/Catalog_Сотрудники?$filter=length(Code) eq 1', 501, '21'],
    ['/Catalog_Сотрудники?$filter=Code eq 1', 500, '-1'],
    ['/Catalog_Сотрудники?$select=Нет', 400, '6'],
    ['/Catalog_Сотрудники?$orderby=Нет', 400, '6'],
    ['/Catalog_Сотрудники?$expan=Нет', 501, '0'],
    ['/InformationRegister_КадроваяИсторияСотрудников/SliceLast()?$expand=Сотрудник', 400, '6'],
    ['/InformationRegister_КадроваяИсторияСотрудников/Balance()', 400, '6'],
  ])('refuses %s with %i and code %s', async (path, status, code) => {
    const reply = await odata.json('GET', path);
    expect([reply.status, reply.body['odata.error'].code]).toEqual([status, code]);
    const xml = await odata.call('GET', path);
    expect(xml.text).toContain(`<m:code>${code}</m:code>`);
  });

  it('refuses a deep expression at once', async () => {
    const { status, body } = await odata.json('GET', `/Catalog_Сотрудники?$filter=${'('.repeat(10_000)}`);
    expect([status, body['odata.error'].code]).toEqual([400, '14']);
  });

  it.each([
    "Code ge '0000000040'",
    "Code gt '0000000010' and Code le '0000000012'",
    "Code lt '0000000003' and ВАрхиве eq false",
    "Code eq '0000000017'",
    "Code ge '0000000030' and Code lt '0000000020'",
    "Code ge ''",
    "Code lt 'Я'",
    "Code gt '00000000101'",
  ])('finds by bounds of a code what a look at everybody finds: %s', async (condition) => {
    const select = '&$select=Code,Description';
    const bounded = await odata.rows(`/Catalog_Сотрудники?$filter=${condition}${select}`);
    // a disjunction has to look at everybody
    expect(bounded).toEqual(await odata.rows(`/Catalog_Сотрудники?$filter=(${condition}) or false${select}`));
  });

  it('finds written objects beside those a bound names', async () => {
    const written = await odata.json('POST', '/Catalog_Сотрудники', { Code: '0000000017', Description: 'Второй' });
    expect(written.status).toBe(201);
    const found = await odata.rows("/Catalog_Сотрудники?$filter=Code eq '0000000017'&$select=Description");
    expect(found).toHaveLength(2);
    await odata.call('DELETE', `/Catalog_Сотрудники(guid'${written.body.Ref_Key}')`);
  });
});
