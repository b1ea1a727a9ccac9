import { HR, type Json, person, Tenant } from './tenant.js';

const tenant = new Tenant();

beforeAll(() => tenant.start({ HRLINK_BULK_QUEUED_MS: '50' }));
afterAll(() => tenant.stop());

async function sync(type: string, data: unknown[]): Promise<Json> {
  const { bulkDataSyncTask } = await tenant.ok('bulk.create', HR, { body: { type, data } });
  return tenant.until(
    async () => (await tenant.ok('bulk.get', HR, { params: { id: bulkDataSyncTask.id } })).bulkDataSyncTask,
    ({ state }: Json) => state === 'FINISHED',
  );
}

const user = (index: number, more: Record<string, unknown> = {}) => {
  const human = person(index);
  const employee = { legalEntityExternalId: 'le', departmentExternalId: 'child', positionExternalId: 'pos' };
  return {
    externalId: human.personGuid,
    lastName: human.lastName,
    firstName: human.firstName,
    patronymic: human.patronymic,
    phone: `+7 ${human.phone.slice(1)}`,
    personalDocuments: [
      { type: 'SNILS', number: human.snils },
      { type: 'PASSPORT', serialNumber: '4510', number: '123456', issuingAuthorityCode: '770-001' },
    ],
    employees: [{ externalId: human.employeeGuid, ...employee }],
    someNewField: { tolerated: true },
    ...more,
  };
};

describe('bulk sync', () => {
  it('is worked on after the answer: no results before the items had their turn', async () => {
    await tenant.admin('POST', 'capacity/bulkItem/pause');
    const body = { type: 'EMPLOYEE_POSITIONS', data: [{ name: 'x' }] };
    const { bulkDataSyncTask } = await tenant.ok('bulk.create', HR, { body });
    const ask = async () => (await tenant.ok('bulk.get', HR, { params: { id: bulkDataSyncTask.id } })).bulkDataSyncTask;
    const working = await tenant.until(ask, ({ state }: Json) => state === 'IN_PROGRESS');
    expect(working).toMatchObject({ counts: { total: 1, processed: 0 }, data: [{ state: null, result: null }] });
    expect((await tenant.admin('GET', 'pending?kind=bulk')).pending[0].id).toBe(bulkDataSyncTask.id);
    await tenant.admin('POST', 'capacity/bulkItem/resume');
    await tenant.until(ask, ({ state }: Json) => state === 'FINISHED');
  });

  it('takes legal entities and positions, repeats change nothing', async () => {
    const legalEntity = { externalId: 'le', name: 'ООО «Ромашка»', shortName: 'Ромашка', inn: '7707083893' };
    expect((await sync('LEGAL_ENTITIES', [legalEntity])).data[0]).toMatchObject({ state: 'SYNCED', result: 'CREATED' });
    expect((await sync('LEGAL_ENTITIES', [legalEntity])).data[0].result).toBe('NOT_MODIFIED');
    expect((await sync('LEGAL_ENTITIES', [{ ...legalEntity, kpp: '770701001' }])).data[0].result).toBe('UPDATED');
    expect((await sync('EMPLOYEE_POSITIONS', [{ externalId: 'pos', name: 'Инженер' }])).counts.succeeded).toBe(1);
  });

  it('takes departments in any order; a missing parent fails its item, not the task', async () => {
    const task = await sync('CLIENT_DEPARTMENTS', [
      { externalId: 'child', name: 'Цех', parentDepartmentExternalId: 'middle' },
      { externalId: 'middle', name: 'Завод', parentDepartmentExternalId: 'root' },
      { externalId: 'lost', name: 'Сирота', parentDepartmentExternalId: 'nowhere' },
      { externalId: 'root', name: 'Компания' },
    ]);
    expect(task.data.map(({ state }: Json) => state)).toEqual(['SYNCED', 'SYNCED', 'FAILED', 'SYNCED']);
    expect(task).toMatchObject({ state: 'FINISHED', counts: { total: 4, processed: 4, succeeded: 3, failed: 1 } });
    const { clientDepartments } = await tenant.ok('departments', HR);
    expect(clientDepartments.filter((one: Json) => one.parentDepartmentId === null)).toHaveLength(1);
  });

  it('hangs a department that names no parent under the only root', async () => {
    await sync('CLIENT_DEPARTMENTS', [{ externalId: 'second', name: 'Ещё одна компания' }]);
    const { clientDepartments } = await tenant.ok('departments', HR);
    const root = clientDepartments.find((one: Json) => one.parentDepartmentId === null);
    expect(clientDepartments.find((one: Json) => one.name === 'Ещё одна компания').parentDepartmentId).toBe(root.id);
  });

  it('takes people with their employees and normalises phones', async () => {
    expect((await sync('CLIENT_USERS_V5', [user(0), user(1)])).counts).toMatchObject({ succeeded: 2, failed: 0 });
    expect((await sync('CLIENT_USERS', [user(0)])).data[0].result).toBe('NOT_MODIFIED');
    const { employees } = await tenant.ok('employees', HR);
    const row = employees.find((one: Json) => one.externalId === person(0).personGuid);
    expect(row.notificationChannels[0].login).toBe(person(0).phone);
    expect(row.legalEntities[0].externalId).toBe(person(0).employeeGuid);
  });

  it('leaves alone what an item does not name', async () => {
    const department = { externalId: 'child', name: 'Цех', parentDepartmentExternalId: 'middle' };
    const head = { headManagerExternalId: person(0).employeeGuid, legalEntityExternalId: 'le' };
    expect((await sync('CLIENT_DEPARTMENTS', [{ ...department, ...head }])).data[0].result).toBe('UPDATED');
    expect((await sync('CLIENT_DEPARTMENTS', [department])).data[0].result).toBe('NOT_MODIFIED');
    const { employeeRoles } = await tenant.ok('employeeRoles', HR);
    const [employee] = user(1).employees;
    const roles = user(1, { employees: [{ ...employee, roleIds: [employeeRoles[0].id] }] });
    expect((await sync('CLIENT_USERS_V5', [roles])).data[0].result).toBe('UPDATED');
    expect((await sync('CLIENT_USERS_V5', [user(1)])).data[0].result).toBe('NOT_MODIFIED');
  });

  it.each([
    [
      'a wrong department code',
      {
        personalDocuments: [
          { type: 'PASSPORT', number: '123456', serialNumber: '4510', issuingAuthorityCode: '770001' },
        ],
      },
      'Неверный формат кода подразделения',
    ],
    [
      'a passport number of other length',
      { personalDocuments: [{ type: 'PASSPORT', number: '12', serialNumber: '4510' }] },
      'Указан некорректный номер паспорта',
    ],
    [
      'a СНИЛС with a wrong checksum',
      { personalDocuments: [{ type: 'SNILS', number: '11223344500' }] },
      'personalDocuments.SNILS',
    ],
    ['a landline', { phone: '84951234567' }, 'phone'],
    ['no last name', { lastName: '' }, 'lastName'],
    [
      'an unknown legal entity',
      {
        employees: [
          { externalId: 'e', legalEntityExternalId: 'x', departmentExternalId: 'root', positionExternalId: 'pos' },
        ],
      },
      'legalEntity',
    ],
  ])('fails only the item with %s', async (_name, change, text) => {
    const task = await sync('CLIENT_USERS_V5', [user(2, change), user(1)]);
    expect(task.counts).toMatchObject({ succeeded: 1, failed: 1 });
    expect(task.data[0]).toMatchObject({ state: 'FAILED', result: null });
    expect(task.data[0].errorMessage).toContain(text);
  });

  it('takes vacation days by employee', async () => {
    const days = { planningYear: 2026, basicVacationDayCount: 28, additionalVacationDayCount: 3 };
    const item = {
      externalId: person(0).employeeGuid,
      legalEntityExternalId: 'le',
      availableVacationsPlanning: [days],
    };
    expect((await sync('EMPLOYEE_VACATIONS_PLANNING', [item])).data[0].result).toBe('UPDATED');
    const missing = await sync('EMPLOYEE_VACATIONS_PLANNING', [{ ...item, externalId: 'nobody' }]);
    expect(missing.data[0].errorMessage).toContain('employee nobody');
  });
});
