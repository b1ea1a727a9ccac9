import { verifyCms } from '@poligon/pki';
import { unzipSync } from 'fflate';
import { attribute, CertificateAuthority, signatureSuite, signCms } from '@poligon/pki';
import { HR, person, Tenant, type Json } from './tenant.js';

const tenant = new Tenant();
const CODE = /Код для подписания документа № (.+): (\d+)$/;

/** The employer's own УКЭП: Json certificate will do. */
function employerSignature(content: Buffer): string {
  const keyPair = signatureSuite('gost2012-256').generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', 'Руководитель')],
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
  });
  return signCms({ keyPair, certificate, content, signingTime: new Date() }).toString('base64');
}

async function send(fields: Record<string, unknown>): Promise<Json> {
  const document = {
    fileId: await tenant.upload(),
    typeId: await tenant.typeId(),
    date: '2026-01-15T00:00:00.000Z',
    ...fields,
  };
  const { sendToSigningTask } = await tenant.ok('documentGroups.sendToSigning', HR, {
    body: { name: 'Пакет', documents: [document] },
  });
  return tenant.until(
    async () => (await tenant.ok('document.sendTask', HR, { params: { id: sendToSigningTask.id } })).sendToSigningTask,
    (task: Json) => task.state === 'FINISHED',
  );
}

const card = async (id: string): Promise<Json> => (await tenant.ok('document.get', HR, { params: { id } })).document;
const finished = (id: string) =>
  tenant.until(
    () => card(id),
    (document: Json) => document.docflowFinishedDate !== null,
  );

beforeAll(async () => {
  await tenant.start();
  await tenant.seed(3);
  await tenant.admin('POST', 'seed', { from: 10, count: 1, state: 'accepted', role: 'head' });
});
afterAll(() => tenant.stop());

describe('flow (a): a document for an employee', () => {
  it('goes MANAGER_FIRST: employer CMS, employee code, CA signature, stamp, finished', async () => {
    const employee = person(0);
    const task = await send({
      externalId: 'doc-1',
      number: '17-к',
      signingOrder: 'MANAGER_FIRST',
      headManagerId: await tenant.employeeId(person(10)),
      employeeIds: [await tenant.employeeId(employee)],
    });
    const { id } = task.documents[0];
    const session = await tenant.login(employee);
    const early = await tenant.call('document.sign', session, { params: { id }, body: { type: 'CLOUD_NQES' } });
    expect(early).toMatchObject({ status: 409, body: { errorCode: '90.411', errorData: { state: 'stage-closed' } } });

    const { bytes } = await tenant.call('document.originalFile', HR, { params: { id } });
    await tenant.ok('document.employerSign', HR, {
      params: { id },
      body: { signingType: 'EXTERNAL_QES', signature: employerSignature(bytes) },
    });
    expect(
      (await tenant.ok('document.get', session, { params: { id } })).document.employees[0].seenDate,
    ).not.toBeNull();

    const { signingRequest } = await tenant.ok('document.sign', session, {
      params: { id },
      body: { type: 'CLOUD_NQES' },
    });
    const [, number, code] = await tenant.peers.sms(employee.phone, CODE);
    expect(number).toBe('17-к');
    expect(code).toMatch(/^\d{4}$/);
    await tenant.ok('signing.confirm', session, { params: { id: signingRequest.id }, body: { code } });
    const document = await finished(id);
    expect(document).toMatchObject({ signed: true, rejected: false, draft: false, baseDocumentExternalId: 'doc-1' });
    expect(document.employees[0].signedDate).not.toBeNull();
    expect(Date.parse(document.printFormUpdatedDate)).toBeGreaterThanOrEqual(Date.parse(document.lastSignedDate));

    const archive = unzipSync(new Uint8Array((await tenant.call('document.archive', HR, { params: { id } })).bytes));
    const signature = Object.entries(archive).find(([name]) => name.endsWith('.sig'))![1];
    expect(verifyCms(Buffer.from(signature), Buffer.from(archive['document.pdf']!)).valid).toBe(true);
    expect(Buffer.from(archive['metadata.xml']!).toString()).toContain(`<document id="${id}"`);
    const print = await tenant.call('document.printForm', HR, { params: { id } });
    expect(print.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(print.headers['content-disposition']).toContain("filename*=UTF-8''17-%D0%BA.pdf");
    const again = await tenant.call('document.sign', session, { params: { id }, body: {} });
    expect(again.body.errorCode).toBe('90.411');
  });

  it('refuses an employer signature over other bytes', async () => {
    const task = await send({
      signingOrder: 'MANAGER_ONLY',
      headManagerId: await tenant.employeeId(person(10)),
      employeeIds: [await tenant.employeeId(person(0))],
    });
    const body = { signingType: 'EXTERNAL_QES', signature: employerSignature(Buffer.from('other')) };
    const answer = await tenant.call('document.employerSign', HR, { params: { id: task.documents[0].id }, body });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: '11.021', errorData: { path: 'signature' } } });
  });

  it('multiplies: one document per employee, found in the registry by the draft externalId', async () => {
    const employeeIds = await Promise.all([0, 1, 2].map((index) => tenant.employeeId(person(index))));
    await send({ externalId: 'many', number: '5', signingOrder: 'EMPLOYEE_ONLY', employeeIds });
    const { documentGroups } = await tenant.ok('documentGroups.getHrRegistry', HR, {
      body: { documentExternalIds: ['many'], limit: 50 },
    });
    expect(documentGroups).toHaveLength(1);
    expect(documentGroups[0].documents).toHaveLength(3);
    for (const document of documentGroups[0].documents) {
      expect(document).toMatchObject({
        draft: false,
        baseDocumentExternalId: 'many',
        deleted: false,
        docflowFinishedDate: null,
      });
      expect(document.baseDocumentId).not.toBeNull();
    }
  });

  it('finishes TO_INFORM at once, signed by nobody', async () => {
    const task = await send({ signingOrder: 'TO_INFORM', employeeIds: [await tenant.employeeId(person(1))] });
    expect(await finished(task.documents[0].id)).toMatchObject({ signed: true, employees: [{ signedDate: null }] });
  });

  it('lists what cannot be sent with 90.421: no type, no accepted invitation', async () => {
    await tenant.admin('POST', 'seed', { from: 20, count: 1, state: 'added' });
    const fileId = await tenant.upload();
    const date = '2026-01-15T00:00:00.000Z';
    const documents = [
      { fileId, date, externalId: 'bad-1', employeeIds: [await tenant.employeeId(person(0))] },
      {
        fileId,
        date,
        externalId: 'bad-2',
        typeId: await tenant.typeId(),
        employeeExternalIds: [person(20).employeeGuid],
      },
    ];
    const answer = await tenant.call('documentGroups.sendToSigning', HR, { body: { name: 'Пакет', documents } });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: '90.421' } });
    expect(answer.body.errorData.documents).toMatchObject([
      { externalId: 'bad-1', reason: 'Не указан тип документа' },
      { externalId: 'bad-2', reason: expect.stringContaining('не принял приглашение') },
    ]);
    // nothing stays behind: the same externalId goes once its document is in order
    const mended = [{ ...documents[0]!, typeId: await tenant.typeId(), signingOrder: 'TO_INFORM' }];
    const body = { name: 'Пакет', documents: mended };
    expect(await tenant.call('documentGroups.sendToSigning', HR, { body })).toMatchObject({ status: 200 });
  });

  it('hides a document from people who take no part in it', async () => {
    const task = await send({ employeeIds: [await tenant.employeeId(person(0))] });
    const stranger = await tenant.login(person(1));
    const answer = await tenant.call('document.get', stranger, { params: { id: task.documents[0].id } });
    expect(answer).toMatchObject({ status: 404, body: { errorCode: '90.404' } });
  });
});

describe('flow (e): the one-time code', () => {
  async function begin(
    index: number,
  ): Promise<{ session: Record<string, string>; id: string; requestId: string; code: string }> {
    const employee = person(index);
    const number = `otp-${Math.random()}`;
    const task = await send({ number, employeeIds: [await tenant.employeeId(employee)] });
    const session = await tenant.login(employee);
    const { id } = task.documents[0];
    const since = tenant.peers.messages.length;
    const { signingRequest } = await tenant.ok('document.sign', session, {
      params: { id },
      body: { type: 'CLOUD_NQES' },
    });
    const match = await tenant.peers.sms(employee.phone, CODE, since);
    return { session, id, requestId: signingRequest.id, code: match[2] ?? '' };
  }
  const wrong = (code: string): string => (code === '0000' ? '0001' : '0000');

  it('counts wrong entries: 90.431 twice with attempts left, then 90.434', async () => {
    const { session, requestId, code } = await begin(1);
    const confirm = (given: string) =>
      tenant.call('signing.confirm', session, { params: { id: requestId }, body: { code: given } });
    expect((await confirm(wrong(code))).body).toMatchObject({ errorCode: '90.431', errorData: { attemptsLeft: 2 } });
    expect((await confirm(wrong(code))).body).toMatchObject({ errorCode: '90.431', errorData: { attemptsLeft: 1 } });
    expect((await confirm(wrong(code))).body.errorCode).toBe('90.434');
    expect((await confirm(code)).body.errorCode).toBe('90.434');
  });

  it('refuses another code within a minute with 90.433 and Retry-After', async () => {
    const { session, requestId } = await begin(1);
    const answer = await tenant.call('signing.resend', session, { params: { id: requestId } });
    expect(answer).toMatchObject({ status: 429, body: { errorCode: '90.433' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(50);
  });

  it('binds a code to its document', async () => {
    const first = await begin(2);
    const second = await begin(2);
    if (first.code === second.code) return;
    const answer = await tenant.call('signing.confirm', first.session, {
      params: { id: first.requestId },
      body: { code: second.code },
    });
    expect(answer.body.errorCode).toBe('90.431');
  });

  it('frees the signer when the signature of the authority does not verify', async () => {
    const { session, id, requestId, code } = await begin(2);
    tenant.peers.isSigningBroken = true;
    await tenant.ok('signing.confirm', session, { params: { id: requestId }, body: { code } });
    const request = await tenant.until(
      async () => (await tenant.ok('signing.get', session, { params: { id: requestId } })).signingRequest,
      ({ state }: Json) => state === 'FAILED',
    );
    tenant.peers.isSigningBroken = false;
    expect(request.errorMessage).toContain('does not verify');
    expect((await card(id)).employees[0]).toMatchObject({ signedDate: null, signingInfo: null });
  });

  it('shows no code at the admin door or in the journal', async () => {
    const { session, id, requestId, code } = await begin(0);
    await tenant.ok('signing.confirm', session, { params: { id: requestId }, body: { code } });
    await finished(id);
    const seen = JSON.stringify([
      await tenant.admin('GET', `objects/${requestId}`),
      (await tenant.admin('GET', 'journal?operation=hrlink.signing.*')).entries,
    ]);
    expect(seen).toContain(requestId);
    expect(seen).not.toContain(`"${code}"`);
    expect(seen).not.toContain(`\\"${code}\\"`);
  });
});

it('keeps accepted = completed + failed + pending', async () => {
  const { isBalanced, kinds } = await tenant.admin('GET', 'balance');
  expect(isBalanced).toBe(true);
  expect(kinds.document.accepted).toBeGreaterThan(5);
});
