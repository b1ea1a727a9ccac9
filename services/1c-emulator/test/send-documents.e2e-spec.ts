import { verifyCms } from '@poligon/pki';
import { Population, type Person } from '@poligon/people';
import { yearlyVacationDay } from '../src/domain/hr-document.js';
import { OneCStand } from './one-c.js';

const people = new Population();
const staff: readonly Person[] = Array.from({ length: 30 }, (_, place) => people.person(people.employeeAt(0, place)));
const row = (person: Person) => ({
  clientUserId: `u-${person.index}`,
  externalId: null,
  personalDocuments: [{ type: 'SNILS', number: person.snils }],
  legalEntities: [{ externalId: person.employeeGuid, employeeId: `e-${person.index}` }],
});

let stand: OneCStand;
const open = async (environment: Record<string, string> = {}) => {
  stand = await OneCStand.start(environment);
  stand.portal.employees = staff.map(row);
  return stand;
};
afterEach(() => stand.stop());
const sent = () => stand.portal.of('documentGroups.sendToSigning').flatMap(({ body }) => body['documents']);
const rule = (fault: string, options: object = {}) =>
  stand.admin('PUT', `/faults/${fault}`, { fault, operations: ['onec.job.*'], options });

describe('«Расчётные листки»', () => {
  it('uploads files, then sends groups to inform, one payslip per employee HRLink knows', async () => {
    const { portal } = await open({ ONEC_DOCUMENTS_PER_GROUP: '12' });
    portal.employees = staff.slice(0, 25).map(row);
    const run = await stand.run('send-payslips');
    expect(portal.sequence()).toEqual([
      ...['currentUser', 'employees', 'documentTypes', 'routeTemplates'],
      ...['files.upload', 'documentGroups.sendToSigning', 'document.sendTask'],
      ...['files.upload', 'documentGroups.sendToSigning', 'document.sendTask'],
      ...['files.upload', 'documentGroups.sendToSigning', 'document.sendTask'],
    ]);
    expect(run).toMatchObject({ outcome: 'succeeded', items: { sent: 25, succeeded: 25, failed: 0 } });
    expect(sent()).toHaveLength(25);
    expect(sent()[0]).toMatchObject({
      typeId: 'type-payslip',
      routeTemplateId: 'route-TO_INFORM',
      legalEntityExternalId: people.organisation(0).guid,
      employeeExternalIds: [staff[0]!.employeeGuid],
      fileId: 'file-1',
    });
    expect(new Set(sent().map(({ externalId }) => externalId)).size).toBe(25);
  });

  it('uploads PDF files of the size asked for', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '2', ONEC_DOCUMENT_BYTES: '30000' });
    await stand.run('send-payslips');
    const [upload] = portal.of('files.upload');
    expect(upload!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload!.bytes.length).toBeGreaterThan(60_000);
    expect(upload!.bytes.toString('latin1').split('%PDF-1.4')).toHaveLength(3);
  });

  it('sends nobody the payslip of a month twice, but the refused ones again', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '3' });
    const [, second] = staff;
    portal.refuseDocument = ({ employeeExternalIds }) =>
      employeeExternalIds[0] === second!.employeeGuid ? 'Сотрудник не принял приглашение' : undefined;
    const first = await stand.run('send-payslips');
    // the whole group was refused, so its documents went one by one
    expect(first).toMatchObject({ outcome: 'partial', items: { sent: 3, succeeded: 2, failed: 1 } });
    expect(first.failures[0].message).toContain('90.421');
    portal.refuseDocument = () => undefined;
    portal.calls.length = 0;
    const again = await stand.run('send-payslips');
    expect(again).toMatchObject({ outcome: 'succeeded', items: { sent: 1, succeeded: 1 } });
    expect(sent()[0].employeeExternalIds).toEqual([second!.employeeGuid]);
  });

  it('sends nothing when the portal has no such route', async () => {
    const { portal } = await open();
    portal.routeKeys = ['EMPLOYEE_ONLY'];
    const run = await stand.run('send-payslips');
    expect(run).toMatchObject({ outcome: 'failed', items: { sent: 0 } });
    expect(run.error).toBe('Не указан маршрут подписания: на портале нет маршрута TO_INFORM');
  });

  it('keeps to the pace of the settings, and breaks out of it in a burst', async () => {
    const { portal } = await open({
      ONEC_DOCUMENTS_PER_GROUP: '1',
      ONEC_DOCUMENTS_PER_SECOND: '2',
      ONEC_SEND_TASK_POLL: 'false',
    });
    await stand.run('send-payslips');
    const moments = portal.of('documentGroups.sendToSigning').map(({ atMs }) => atMs);
    expect(moments.at(-1)! - moments[0]!).toBeGreaterThanOrEqual(14_000);
    portal.calls.length = 0;
    await rule('payslip-burst', { parallel: 10, months: 2 });
    // nobody is answered before ten ask at once
    let release = (): void => {};
    const ten = new Promise<void>((resolve) => (release = resolve));
    portal.gate = ({ operation }) => {
      if (operation !== 'files.upload') return undefined;
      if (portal.of('files.upload').length >= 10) release();
      return ten;
    };
    const burst = await stand.run('send-payslips');
    // the last month went already, the one before it did not
    expect(burst.items.sent).toBe(30);
  });

  it('tells of every document in the map of exports', async () => {
    await open({ ONEC_EMPLOYEES: '2' });
    await stand.run('send-payslips');
    const { body } = await stand.admin('GET', '/exports?kind=payslip');
    expect(body.totals.payslip).toMatchObject({ accepted: 2, completed: 2, mapped: 2 });
    expect(body.exports[0]).toMatchObject({ state: 'synced', catalogue: 'Document_РасчетныйЛистокКЭДО' });
  });
});

describe('«Уведомления о начале отпуска»', () => {
  const person = staff[7]!;
  const day = yearlyVacationDay(person.index, 2026);
  const noticeMs = Date.parse(`${day}T09:00:00Z`) - 14 * 86_400_000;
  const due = staff.filter(({ index }) => yearlyVacationDay(index, 2026) === day).length;

  it('notifies those whose leave begins in fourteen days, once within 24 hours', async () => {
    const { clock } = await open();
    clock.shift(noticeMs - clock.nowMs());
    expect(await stand.run('send-vacation-notices')).toMatchObject({ items: { sent: due } });
    expect(sent()[0]).toMatchObject({ typeId: 'type-vacation-notice', routeTemplateId: 'route-EMPLOYEE_ONLY' });
    expect(await stand.run('send-vacation-notices')).toMatchObject({ items: { sent: 0 } });
    await rule('duplicate-notice');
    expect(await stand.run('send-vacation-notices')).toMatchObject({ items: { sent: due } });
  });
});

describe('«Отправка документов на подписание»', () => {
  it('sends so many documents a run, to others every time', async () => {
    await open({ ONEC_DOCUMENTS_PER_RUN: '10' });
    await stand.run('send-documents');
    await stand.run('send-documents');
    const employees = sent().map(({ employeeExternalIds }) => employeeExternalIds[0]);
    expect([employees.length, new Set(employees).size]).toEqual([20, 20]);
  });

  it.each([
    [
      'stale-external-id',
      { externalId: 'old' },
      () => expect(new Set(sent().map(({ externalId }) => externalId))).toEqual(new Set(['old'])),
    ],
    [
      'oversized-file',
      { bytes: 300_000 },
      () => expect(stand.portal.of('files.upload')[0]!.bytes.length).toBeGreaterThan(600_000),
    ],
    ['job-overlap', {}, () => expect(stand.portal.of('currentUser')).toHaveLength(2)],
  ])('is bent by %s', async (fault, options, check) => {
    await open({ ONEC_DOCUMENTS_PER_RUN: '2' });
    await rule(fault, options);
    await stand.run('send-documents');
    check();
  });
});

describe('«Отправка документов на подписание» in other modes', () => {
  it('draft leaves groups on the portal for somebody to send', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '3', ONEC_DOCUMENT_MODE: 'draft' });
    const run = await stand.run('send-documents');
    expect(run).toMatchObject({ outcome: 'succeeded', items: { sent: 3, succeeded: 3, failed: 0 } });
    expect([portal.of('documentGroups.create').length, sent()]).toEqual([1, []]);
    expect(portal.of('documentGroups.create')[0]!.body['documents']).toHaveLength(3);
    // a draft is not made twice on one day
    expect((await stand.run('send-documents')).items.sent).toBe(0);
    expect((await stand.admin('GET', '/exports')).body.totals['hr-document']).toMatchObject({ accepted: 3 });
  });

  it('sign puts the employer’s CMS on every document that was sent, over the file the portal shows', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '2', ONEC_DOCUMENT_MODE: 'sign' });
    expect(await stand.run('send-documents')).toMatchObject({ outcome: 'succeeded', items: { succeeded: 2 } });
    const signed = portal.of('document.employerSign');
    expect(new Set(signed.map(({ id }) => id))).toEqual(new Set(sent().map(({ externalId }) => `d-${externalId}`)));
    for (const { body } of signed) {
      expect(body['signingType']).toBe('EXTERNAL_QES');
      const verdict = verifyCms(Buffer.from(body['signature'], 'base64'), Buffer.from('%PDF-1.7'));
      expect(verdict).toMatchObject({ valid: true });
    }
  });

  it('sign waits for a document that is still being converted, and notes one the portal does not let be signed', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '2', ONEC_DOCUMENT_MODE: 'sign' });
    const early = new Set<string>();
    portal.intercept = ({ operation, id }) => {
      if (operation === 'document.originalFile' && !early.has(id!)) {
        early.add(id!);
        return { status: 409, body: { result: false, errorCode: '90.411' } };
      }
      const isLast = operation === 'document.employerSign' && portal.of(operation).length === 2;
      return isLast
        ? { status: 403, body: { result: false, errorCode: '10.000', errorMessage: 'Нет прав' } }
        : undefined;
    };
    const run = await stand.run('send-documents');
    expect(run).toMatchObject({ outcome: 'partial', items: { sent: 2, succeeded: 1, failed: 1 } });
    expect(run.failures[0].message).toContain('Нет прав');
    expect(portal.of('document.originalFile')).toHaveLength(4);
  });

  it('payslips go whatever the mode', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '2', ONEC_DOCUMENT_MODE: 'draft' });
    await stand.run('send-payslips');
    expect([portal.of('documentGroups.create'), sent().length]).toEqual([[], 2]);
  });
});
