import { type Credentials, HR, person, Tenant, type Json } from './tenant.js';

const tenant = new Tenant();
const CODE = /Код для подписания документа № (.+): (\d+)$/;

beforeAll(async () => {
  await tenant.start();
  await tenant.seed(2);
});
afterAll(() => tenant.stop());

async function create(session: Credentials, more: Record<string, unknown> = {}): Promise<string> {
  const { applicationTypes } = await tenant.ok('applicationTypes', session);
  const type = applicationTypes.find((one: Json) => one.name === 'Ежегодный оплачиваемый отпуск');
  const approver = type.signingRouteTemplate.stages[1].participants[0];
  const { currentUser } = await tenant.ok('currentUser', session);
  const body = {
    applicationTypeId: type.id,
    legalEntityId: currentUser.employees[0].legalEntityId,
    date: '2026-02-01T00:00:00.000Z',
    fileId: await tenant.upload('заявление.pdf'),
    templateFields: [{ substitutionKey: 'startDate', value: '2026-03-01' }],
    participants: [{ id: approver.id, employeeId: await tenant.employeeId(person(1)) }],
    ...more,
  };
  const { applicationGroup } = await tenant.ok('applicationGroups.create', session, { body });
  const { id } = applicationGroup.applications[0];
  await tenant.until(
    () => application(session, id),
    ({ fileProcessedDate }: Json) => fileProcessedDate !== null,
  );
  return id;
}

const application = async (who: Credentials, id: string): Promise<Json> =>
  (await tenant.ok('application.get', who, { params: { id } })).application;

async function sign(session: Credentials, id: string): Promise<void> {
  const since = tenant.peers.messages.length;
  const { signingRequest } = await tenant.ok('application.sign', session, {
    params: { id },
    body: { type: 'CLOUD_NQES' },
  });
  const [, , code] = await tenant.peers.sms(person(0).phone, CODE, since);
  expect(code).toMatch(/^\d{6}$/);
  await tenant.ok('signing.confirm', session, { params: { id: signingRequest.id }, body: { code } });
  await tenant.until(
    () => application(session, id),
    ({ signers }: Json) => signers[0].signedDate !== null,
  );
}

describe('flow (c): an application', () => {
  it('is signed by the applicant, approved, taken over and processed, then found in the v2 registry', async () => {
    const applicant = await tenant.login(person(0));
    const approver = await tenant.login(person(1));
    const id = await create(applicant);
    await sign(applicant, id);
    await tenant.ok('application.approve', approver, { params: { id } });
    await tenant.ok('application.takeResponsibility', HR, { params: { id } });
    await tenant.ok('application.process', HR, { params: { id } });
    const done = await tenant.until(
      () => application(HR, id),
      ({ docflowFinishedDate }: Json) => docflowFinishedDate !== null,
    );
    expect(done.responsibles).toHaveLength(1);
    expect(done.eventDates).toEqual([{ label: 'Дата начала', value: '2026-03-01' }]);
    const found = await tenant.ok('applicationGroups.getHrRegistry', HR, {
      body: { applicationDocflowFinishedDateFrom: done.docflowFinishedDate, limit: 10, offset: 0 },
    });
    expect(found.applicationGroups.map((group: Json) => group.applications[0].id)).toEqual([id]);
    const print = await tenant.call('application.printForm', HR, { params: { id } });
    expect(print.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is rejected with a reason and cannot be processed afterwards', async () => {
    const applicant = await tenant.login(person(0));
    const approver = await tenant.login(person(1));
    const id = await create(applicant);
    await sign(applicant, id);
    const { application: rejected } = await tenant.ok('application.reject', approver, {
      params: { id },
      body: { comment: 'не сейчас' },
    });
    expect(rejected.rejectedDate).not.toBeNull();
    expect(rejected.signers[1].rejectionComment).toBe('не сейчас');
    const late = await tenant.call('application.process', HR, { params: { id } });
    expect(late).toMatchObject({ status: 409, body: { errorCode: '90.411', errorData: { state: 'rejected' } } });
  });

  it('does not let a stranger approve, nor anybody out of turn', async () => {
    const applicant = await tenant.login(person(0));
    const id = await create(applicant);
    const early = await tenant.call('application.process', HR, { params: { id } });
    expect(early.body.errorCode).toBe('90.411');
    await sign(applicant, id);
    const stranger = await tenant.call('application.approve', applicant, { params: { id } });
    expect(stranger).toMatchObject({ status: 403, body: { errorCode: '10.000' } });
  });

  it('is withdrawn by its applicant', async () => {
    const applicant = await tenant.login(person(0));
    const id = await create(applicant);
    await tenant.ok('application.delete', applicant, { params: { id } });
    expect((await application(applicant, id)).deletedDate).not.toBeNull();
  });

  it('is made from a template without a file', async () => {
    const applicant = await tenant.login(person(0));
    const id = await create(applicant, { fileId: null });
    expect((await application(applicant, id)).originalFile.name).toBe('application.pdf');
  });
});
