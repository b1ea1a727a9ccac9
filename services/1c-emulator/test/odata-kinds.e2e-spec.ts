import { ODataClient } from './odata-client.js';

const ACCOUNTS = 'ChartOfAccounts_Хозрасчетный';

describe('kinds of objects of the standard interface', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '10' });
  });
  afterAll(() => odata.stop());

  const make = async (set: string, body: unknown, headers: Record<string, string> = {}) =>
    (await odata.json('POST', `/${set}`, body, headers)).body;
  const read = async (set: string, key: string) => (await odata.json('GET', `/${set}(guid'${key}')`)).body;
  const refused = async (method: 'POST' | 'PATCH', path: string) => {
    const { status, body } = await odata.json(method, path, {});
    return [status, body['odata.error'].code, body['odata.error'].message.value];
  };

  it('starts a business process, which makes a task, and completes it with its task', async () => {
    const [user] = [await make('Catalog_Пользователи', { Description: 'Иванова' })];
    const process = await make('BusinessProcess_Задание', {
      Наименование: 'Подписать приказ',
      Исполнитель_Key: user.Ref_Key,
    });
    expect(process).toMatchObject({ Started: false, Completed: false });
    expect(process.Number).toHaveLength(11);
    const path = `/BusinessProcess_Задание(guid'${process.Ref_Key}')/Start`;
    const started = await odata.call('POST', `${path}?RoutePoint='Согласовать'`);
    expect([started.status, started.text]).toEqual([200, '']);
    const [task] = await odata.rows(
      `/Task_ЗадачаИсполнителя?$filter=BusinessProcess_Key eq guid'${process.Ref_Key}'&$expand=BusinessProcess`,
    );
    expect(task).toMatchObject({
      ...{ Description: 'Подписать приказ', RoutePoint: 'Согласовать', Executed: false },
      ...{ Исполнитель_Key: user.Ref_Key, BusinessProcess: { Started: true, Completed: false } },
    });
    expect((await odata.call('POST', `/Task_ЗадачаИсполнителя(guid'${task.Ref_Key}')/ExecuteTask()`)).status).toBe(200);
    expect(await read('Task_ЗадачаИсполнителя', task.Ref_Key)).toMatchObject({ Executed: true });
    expect(await read('BusinessProcess_Задание', process.Ref_Key)).toMatchObject({ Completed: true });
    expect(await refused('POST', path)).toEqual([500, '-1', 'Бизнес-процесс уже стартован']);
    expect(await refused('POST', `/Task_ЗадачаИсполнителя(guid'${task.Ref_Key}')/ExecuteTask`)).toEqual([
      ...[500, '-1', 'Задача уже выполнена'],
    ]);
    expect((await refused('POST', `/BusinessProcess_Задание(guid'${process.Ref_Key}')/Post`))[1]).toBe('6');
    expect((await refused('POST', `/Document_Отпуск(guid'${process.Ref_Key}')/ExecuteTask`))[1]).toBe('6');
  });

  it('shows predefined items of charts', async () => {
    const types = await odata.rows('/ChartOfCalculationTypes_Начисления?$filter=Predefined eq true&$orderby=Code');
    expect(types[0]).toMatchObject({ PredefinedDataName: 'ОплатаПоОкладу', BaseCalculationTypes: [] });
    const chart = await odata.rows('/ChartOfCharacteristicTypes_ПоказателиРасчетаЗарплаты');
    expect(chart).toMatchObject([{ Description: 'Оклад', Точность: 0 }]);
  });

  it('lists documents of several kinds in a journal that cannot be written', async () => {
    const hired = await odata.rows('/DocumentJournal_ПриемыПереводыУвольнения?$top=3&$expand=Сотрудник');
    expect(hired).toHaveLength(3);
    const [{ Ref, Сотрудник_Key, Сотрудник }] = hired;
    expect(Сотрудник.Ref_Key).toBe(Сотрудник_Key);
    const dismissal = await make('Document_Увольнение', { Сотрудник_Key, Комментарий: 'по соглашению' });
    const found = await odata.rows(
      `/DocumentJournal_ПриемыПереводыУвольнения?$filter=Сотрудник_Key eq guid'${Сотрудник_Key}'`,
    );
    expect(found.map((row: { Ref_Type: string }) => row.Ref_Type)).toEqual([
      'StandardODATA.Document_ПриемНаРаботу',
      'StandardODATA.Document_Увольнение',
    ]);
    const key = `Ref=guid'${dismissal.Ref_Key}',Ref_Type='StandardODATA.Document_Увольнение'`;
    const { body } = await odata.json('GET', `/DocumentJournal_ПриемыПереводыУвольнения(${key})`);
    expect(body).toMatchObject({ Комментарий: 'по соглашению', Ref: dismissal.Ref_Key });
    const cast = `Ref eq cast(guid'${Ref}','Document_ПриемНаРаботу')`;
    expect(await odata.rows(`/DocumentJournal_ПриемыПереводыУвольнения?$filter=${cast}`)).toHaveLength(1);
    expect((await refused('POST', '/DocumentJournal_ПриемыПереводыУвольнения')).slice(0, 2)).toEqual([405, '19']);
  });

  it('adds up both sides of the entries of an accounting register', async () => {
    const accounts: Record<string, string> = Object.fromEntries(
      (await odata.rows(`/${ACCOUNTS}`)).map((row: { Code: string; Ref_Key: string }) => [row.Code, row.Ref_Key]),
    );
    const { Ref_Key: Recorder_Key } = await make('Document_НачислениеЗарплаты', { Date: '2026-01-31T00:00:00' });
    const [{ Ref_Key: Организация_Key }] = await odata.rows('/Catalog_Организации');
    const entry = (LineNumber: number, [debit, credit]: [string, string], Сумма: number, Period: string) => ({
      ...{ Period, LineNumber, Active: true, AccountDr_Key: accounts[debit], AccountCr_Key: accounts[credit] },
      ...{ Организация_Key, Сумма },
    });
    await make('AccountingRegister_Хозрасчетный', {
      Recorder_Key,
      RecordSet: [
        entry(1, ['26', '70'], 1000, '2026-01-31T00:00:00'),
        entry(2, ['70', '68.01'], 130, '2026-02-05T00:00:00'),
      ],
    });
    const byKey = await odata.json('GET', `/AccountingRegister_Хозрасчетный(guid'${Recorder_Key}')`);
    expect(byKey.body.RecordSet).toHaveLength(2);
    const totals = async (table: string) =>
      Object.fromEntries(
        (await odata.rows(`/AccountingRegister_Хозрасчетный/${table}`)).map((row: { Account_Key: string }) => [
          Object.entries(accounts).find(([, key]) => key === row.Account_Key)?.[0],
          row,
        ]),
      );
    expect(await totals('Balance()')).toMatchObject({
      '26': { СуммаBalance: 1000, СуммаBalanceDr: 1000, СуммаBalanceCr: 0 },
      '70': { СуммаBalance: -870, СуммаBalanceDr: 0, СуммаBalanceCr: 870 },
      '68.01': { СуммаBalanceCr: 130, Организация_Key },
    });
    const february = "StartPeriod=datetime'2026-02-01T00:00:00',EndPeriod=datetime'2026-02-28T23:59:59'";
    expect(await totals(`BalanceAndTurnovers(${february})`)).toMatchObject({
      '70': { СуммаOpeningBalanceCr: 1000, СуммаTurnoverDr: 130, СуммаTurnoverCr: 0, СуммаClosingBalanceCr: 870 },
    });
    const only70 = await totals(`Turnovers(AccountCondition='Account_Key eq guid''${accounts['70']}''')`);
    expect(only70).toEqual({ '70': expect.objectContaining({ СуммаTurnoverDr: 130, СуммаTurnoverCr: 1000 }) });
    expect(await odata.rows("/AccountingRegister_Хозрасчетный/Balance(Dimensions='Организация')")).toMatchObject([]);
  });

  it('keeps the records of a calculation register', async () => {
    const [{ Ref_Key: CalculationType_Key }] = await odata.rows('/ChartOfCalculationTypes_Начисления?$top=1');
    const [{ Ref_Key: Recorder, Сотрудник_Key }] = await odata.rows('/Document_Отпуск?$top=1');
    const Recorder_Type = 'StandardODATA.Document_Отпуск';
    const record = {
      ...{ LineNumber: 1, Active: true, CalculationType_Key, Сотрудник_Key, Результат: 5000.5 },
      RegistrationPeriod: '2026-01-01T00:00:00',
    };
    await make('CalculationRegister_Начисления', { Recorder, Recorder_Type, RecordSet: [record] });
    const found = await odata.rows(
      `/CalculationRegister_Начисления_RecordType?$filter=CalculationType/Code eq '00001'&$expand=Сотрудник`,
    );
    expect(found).toMatchObject([
      { Recorder, Recorder_Type, Результат: 5000.5, Сотрудник: { Ref_Key: Сотрудник_Key } },
    ]);
    expect((await odata.json('GET', '/CalculationRegister_Начисления/Balance()')).body['odata.error'].code).toBe('6');
  });

  it('numbers nothing in the mode of loading', async () => {
    const body = { Description: 'из другой базы', Ref_Key: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };
    const loaded = await make('Catalog_ВидыОтпусков', body, { '1C_OData-DataLoadMode': 'true' });
    expect(loaded).toMatchObject({ ...body, Code: '' });
    expect((await make('Catalog_ВидыОтпусков', {}, { '1C_OData-DataLoadMode': 'false' })).Code).toHaveLength(9);
    expect(await make('Document_Отпуск', {}, { '1C_OData-DataLoadMode': 'true' })).toMatchObject({
      Number: '',
      Date: '0001-01-01T00:00:00',
    });
  });
});

describe('$metadata of the size of a whole ЗУП КОРП', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '3', ONEC_ODATA_ENTITIES: '6943' });
  });
  afterAll(() => odata.stop());

  it('has as many entities and virtual tables, written once', async () => {
    const { status, text } = await odata.call('GET', '/$metadata');
    const count = (part: string): number => text.split(part).length - 1;
    const entities = count('<EntityType ');
    expect([status, entities, count('<EntitySet ')]).toEqual([200, 6943, 6943]);
    const virtual = count('IsSideEffecting="false"');
    // a live base has 9666 of both
    expect(entities + virtual).toBeGreaterThan(9500);
    expect(entities + virtual).toBeLessThan(9800);
    expect(Buffer.byteLength(text)).toBeGreaterThan(10_000_000);
    expect((await odata.call('GET', '/$metadata')).text).toBe(text);
  });

  it('lets its empty objects be written and read', async () => {
    const names: { name: string }[] = await odata.rows('/?$format=json');
    const { name } = names.findLast((set) => /^Catalog_\p{L}+\d{4}$/u.test(set.name))!;
    const { body } = await odata.json('POST', `/${name}`, { Description: 'А', Комментарий: 'Б' });
    expect(await odata.rows(`/${name}?$filter=Комментарий eq 'Б'`)).toMatchObject([{ Ref_Key: body.Ref_Key }]);
    expect((await odata.json('GET', '/Catalog_ДополнительныеДанные9999')).status).toBe(404);
  });
});
