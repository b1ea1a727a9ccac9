import { Population, type Person } from '@poligon/people';
import { OneCStand } from './one-c.js';

const people = new Population();
const staffOf = (organisation: number, count: number): Person[] =>
  Array.from({ length: count }, (_, place) => people.person(people.employeeAt(organisation, place)));
const row = (person: Person, fields: object = {}) => ({
  id: 'row',
  clientUserId: `u-${person.index}`,
  externalId: null,
  personalDocuments: [{ type: 'SNILS', number: person.snils }],
  notificationChannels: [{ login: person.email }],
  legalEntities: [{ legalEntity: { id: 'l' }, externalId: person.employeeGuid, employeeId: `e-${person.index}` }],
  ...fields,
});

let stand: OneCStand;
const open = async (environment: Record<string, string> = {}) => (stand = await OneCStand.start(environment));
afterEach(() => stand.stop());

describe('«Обновление данных сотрудников»', () => {
  it('asks whom HRLink knows, then pushes structure before people, each task followed to its end', async () => {
    const { portal } = await open();
    const run = await stand.run('update-employees');
    expect(portal.sequence()).toEqual([
      'currentUser',
      'employees',
      'LEGAL_ENTITIES',
      'bulk.get',
      'departments',
      'CLIENT_DEPARTMENTS',
      'bulk.get',
      'EMPLOYEE_POSITIONS',
      'bulk.get',
      'CLIENT_USERS_V5',
      'bulk.get',
    ]);
    const sent = 1 + people.organisation(0).departments + people.positions + 30;
    expect(run).toMatchObject({ outcome: 'succeeded', error: null, items: { sent, succeeded: sent, failed: 0 } });
    expect(run.calls).toBe(portal.calls.length);
  });

  it('introduces itself as 1C with the user token', async () => {
    const { portal } = await open();
    await stand.run('update-employees');
    for (const { headers } of portal.calls) {
      expect(headers).toMatchObject({
        'user-agent': '1C+Enterprise/8.3',
        'user-api-token': '11111111-1111-4111-8111-111111111111',
      });
    }
  });

  it('names everything by Ref_Key: parents, legal entities, positions, people', async () => {
    const { portal } = await open();
    await stand.run('update-employees');
    const departments = portal.pushed('CLIENT_DEPARTMENTS');
    expect(departments[0]).toEqual({
      syncTypes: ['DATA_WITH_LEGAL_ENTITY'],
      name: 'Администрация',
      externalId: people.department(0, 0).guid,
      legalEntityExternalId: people.organisation(0).guid,
    });
    expect(departments[1]).toMatchObject({ parentDepartmentExternalId: people.department(0, 0).guid });
    const [director] = staffOf(0, 1);
    expect(portal.pushed('CLIENT_USERS_V5')[0]).toMatchObject({
      externalId: director!.personGuid,
      lastName: director!.lastName,
      employees: [
        {
          externalId: director!.employeeGuid,
          legalEntityExternalId: people.organisation(0).guid,
          departmentExternalId: people.department(0, 0).guid,
          positionExternalId: people.position(0).guid,
          mainWorkplace: true,
        },
      ],
    });
  });

  it('hangs the roots of organisations on the one root of the portal', async () => {
    const { portal } = await open({ ONEC_ORGANISATIONS: '2' });
    const roots = () =>
      portal
        .pushed('CLIENT_DEPARTMENTS')
        .filter(({ externalId }) => [0, 1].some((index) => externalId === people.department(index, 0).guid))
        .map(({ parentDepartmentId, parentDepartmentExternalId }) => parentDepartmentId ?? parentDepartmentExternalId);
    await stand.run('export-departments');
    expect(roots()).toEqual([undefined, people.department(0, 0).guid]);
    portal.calls.length = 0;
    portal.departments = [{ id: 'portal-root', name: 'Компания', parentDepartmentId: null, externalId: null }];
    await stand.run('export-departments');
    expect(roots()).toEqual(['portal-root', 'portal-root']);
  });

  it('does not put its own department under itself when that is the root of the portal', async () => {
    const { portal } = await open();
    await stand.run('export-departments');
    portal.calls.length = 0;
    const guid = people.department(0, 0).guid;
    portal.departments = [{ id: `h-${guid}`, name: 'Переименована', parentDepartmentId: null }];
    await stand.run('export-departments');
    expect(portal.pushed('CLIENT_DEPARTMENTS')[0]).not.toHaveProperty('parentDepartmentId');
    // the organisation is known by now, so it is not pushed again
    expect(portal.sequence()).toEqual(['currentUser', 'departments', 'CLIENT_DEPARTMENTS', 'bulk.get']);
  });

  it('exports only the people HRLink knows unless told to fill it', async () => {
    const { portal } = await open({ ONEC_EXPORT_ALL: 'false' });
    const [, second, third] = staffOf(0, 3);
    portal.employees = [row(second!), row(third!, { legalEntities: [] }), row(people.person(99_999)), 'garbage', null];
    const run = await stand.run('update-employees');
    expect(portal.pushed('CLIENT_USERS_V5').map(({ externalId }) => externalId)).toEqual([
      second!.personGuid,
      third!.personGuid,
    ]);
    expect(run.received.employees).toBe(5);
  });

  it('cuts people into batches, one task after another', async () => {
    const { portal } = await open({ ONEC_BATCH_SIZE: '12' });
    await stand.run('update-employees');
    const sizes = portal
      .of('bulk.create')
      .filter(({ body }) => body['type'] === 'CLIENT_USERS_V5')
      .map(({ body }) => body['data'].length);
    expect(sizes).toEqual([12, 12, 6]);
    expect([...portal.tasks.values()].every(({ asked }) => asked === 1)).toBe(true);
  });

  it('waits 3 s before each question about a task and asks until it is finished', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '1' });
    portal.pollsUntilFinished = 3;
    await stand.run('export-head-managers');
    const [created] = portal.of('bulk.create');
    const polls = portal.of('bulk.get').map(({ atMs }) => atMs - created!.atMs);
    expect(polls).toHaveLength(3);
    polls.forEach((atMs, at) => expect(atMs).toBeGreaterThanOrEqual(3000 * (at + 1)));
  });

  it('lives faster under a time scale', async () => {
    const { portal, clock } = await open({ ONEC_TIME_SCALE: '1000' });
    const startedMs = clock.monotonicMs();
    await stand.run('update-employees');
    expect(portal.of('bulk.get')).toHaveLength(4);
    expect(clock.monotonicMs() - startedMs).toBeLessThan(12_000);
  });

  it('reports the objects HRLink did not take and goes on', async () => {
    const { portal } = await open();
    const [director] = staffOf(0, 1);
    portal.refuse = (_type, { externalId }) =>
      externalId === director!.personGuid ? 'Указан некорректный номер паспорта' : undefined;
    const run = await stand.run('update-employees');
    expect(run).toMatchObject({
      outcome: 'partial',
      items: { failed: 1 },
      failures: [{ externalId: director!.personGuid, message: 'Указан некорректный номер паспорта' }],
    });
    const { body } = await stand.admin('GET', '/exports?kind=person&state=failed');
    expect(body.exports).toMatchObject([{ refKey: director!.personGuid, error: 'Указан некорректный номер паспорта' }]);
    expect(body.totals.person).toMatchObject({ accepted: 30, completed: 29, failed: 1, pending: 0, mapped: 29 });
  });

  it('counts an object the task says nothing of as failed', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '2' });
    portal.intercept = ({ operation, id }) =>
      operation === 'bulk.get'
        ? { body: { result: true, bulkDataSyncTask: { id, state: 'FINISHED', data: [null, { id: 7 }] } } }
        : undefined;
    const run = await stand.run('export-departments');
    expect(run.items.failed).toBe(run.items.sent);
    expect(run.failures[0].message).toBe('Портал не сообщил результат по объекту');
  });

  it('keeps the map of Ref_Key, externalId and HRLink id', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '2' });
    const [director] = staffOf(0, 1);
    portal.employees = [row(director!)];
    await stand.run('update-employees');
    const { body } = await stand.admin('GET', `/exports/${director!.employeeGuid.toUpperCase()}`);
    expect(body.exports).toMatchObject([
      {
        kind: 'employee',
        catalogue: 'Catalog_Сотрудники',
        refKey: director!.employeeGuid,
        externalId: director!.employeeGuid,
        hrlinkId: `e-${director!.index}`,
      },
    ]);
  });
});

describe('the other jobs', () => {
  it('sends heads of departments', async () => {
    const { portal } = await open();
    await stand.run('export-head-managers');
    expect(portal.pushed('CLIENT_DEPARTMENTS')[2]).toMatchObject({
      syncTypes: ['DATA_WITH_HEAD_MANAGER'],
      headManagerExternalId: people.employeeGuidOf(people.departmentHead(0, 2)),
    });
  });

  it('sends the leave of people on the portal and names those who are not there', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '3' });
    const [first, second] = staffOf(0, 3);
    portal.employees = [row(first!), row(second!)];
    const run = await stand.run('export-vacation-days');
    expect(portal.pushed('EMPLOYEE_VACATIONS_PLANNING').map(({ externalId }) => externalId)).toEqual([
      first!.employeeGuid,
      second!.employeeGuid,
    ]);
    expect(run.items).toEqual({ sent: 2, succeeded: 2, failed: 1 });
    expect(run.failures[0].message).toMatch(/^Сотрудника \(.+\) нет на портале HRlink\. Остатки отпуска/);
  });

  it('reads the registry of documents in pages of 50 until a short one', async () => {
    const { portal } = await open();
    portal.documentGroups = Array.from({ length: 100 }, (_, at) => ({ id: `g${at}`, documents: [{ id: `d${at}` }] }));
    const run = await stand.run('fetch-documents');
    const pages = portal.of('documentGroups.getHrRegistry').map(({ body }) => [body['limit'], body['offset']]);
    expect(pages).toEqual([
      [50, 0],
      [50, 50],
      [50, 100],
    ]);
    expect(run.received.documents).toBe(100);
  });

  it('stops at a registry that never ends', async () => {
    const { portal } = await open({ ONEC_REGISTRY_MAX_PAGES: '3' });
    portal.intercept = ({ operation }) =>
      operation === 'documentGroups.getHrRegistry'
        ? { body: { result: true, documentGroups: Array.from({ length: 50 }, () => ({ documents: [] })) } }
        : undefined;
    const run = await stand.run('fetch-documents');
    expect(run).toMatchObject({ outcome: 'failed', error: 'Реестр портала длиннее 3 страниц, чтение прекращено' });
  });

  it('takes the printed form of a finished document once', async () => {
    const { portal } = await open();
    const finished = { baseDocumentId: 'b', deleted: false, docflowFinishedDate: '2026-01-14T08:15:25.456447Z' };
    portal.documentGroups = [
      {
        id: 'g',
        documents: [
          { id: 'done', ...finished },
          { id: 'open', baseDocumentId: 'b' },
        ],
      },
      { id: 'h', documents: [{ id: 'gone', ...finished, deleted: true }, 'garbage'] },
      { id: 'draft', documents: [{ id: 'draft', ...finished, baseDocumentId: null }] },
    ];
    await stand.run('fetch-completed-docflow');
    await stand.run('fetch-completed-docflow');
    expect(portal.of('document.printForm').map(({ id }) => id)).toEqual(['done']);
  });

  it('takes finished applications oldest first and asks only from the newest it has', async () => {
    const { portal } = await open({ ONEC_PRINT_FORMS_PER_RUN: '2' });
    const application = (id: string, docflowFinishedDate: string | null) => ({
      id: `g-${id}`,
      applications: [{ id, docflowFinishedDate }],
    });
    portal.applicationGroups = [
      application('c', '2026-01-15T03:00:00Z'),
      application('a', '2026-01-15T01:00:00Z'),
      application('b', '2026-01-15T02:00:00Z'),
      application('open', null),
    ];
    await stand.run('fetch-finished-applications');
    expect(portal.of('application.printForm').map(({ id }) => id)).toEqual(['a', 'b']);
    await stand.run('fetch-finished-applications');
    const asked = portal.of('applicationGroups.getHrRegistry').map(({ body }) => body);
    expect(asked[0]).toEqual({ limit: 50, offset: 0 });
    expect(asked[1]).toMatchObject({ applicationDocflowFinishedDateFrom: '2026-01-15T02:00:00Z' });
    expect(portal.of('application.printForm').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect((await stand.admin('GET', '/exports')).body.received).toEqual({ application: 3, document: 0 });
  });
});
