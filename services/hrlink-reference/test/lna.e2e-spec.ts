import { attribute, CertificateAuthority, signatureSuite, signCms } from '@poligon/pki';
import { HR, type Json, person, Tenant } from './tenant.js';

const tenant = new Tenant();

beforeAll(async () => {
  await tenant.start();
  await tenant.seed(3);
  await tenant.admin('POST', 'seed', { from: 10, count: 1, state: 'accepted', role: 'head' });
});
afterAll(() => tenant.stop());

async function create(more: Record<string, unknown> = {}): Promise<string> {
  const { legalEntities } = await tenant.ok('legalEntities', HR);
  const body = {
    name: 'Правила внутреннего распорядка',
    effectiveDate: '2026-02-01T00:00:00.000Z',
    version: '2',
    legalEntityId: legalEntities[0].id,
    fileId: await tenant.upload('пвтр.docx'),
    ...more,
  };
  return (await tenant.ok('lna.create', HR, { body })).lna.id as string;
}

const lna = async (id: string): Promise<Json> => (await tenant.ok('lna.get', HR, { params: { id } })).lna;

async function send(id: string, employeeIds: string[]): Promise<Json> {
  const { lnaSendTask } = await tenant.ok('lna.send', HR, { params: { id }, body: { employeeIds } });
  return tenant.until(
    async () => (await tenant.ok('lna.sendTask', HR, { params: { id: lnaSendTask.id } })).lnaSendTask,
    ({ state }: Json) => state === 'FINISHED',
  );
}

async function acquaint(index: number, documentId: string): Promise<void> {
  const session = await tenant.login(person(index));
  const since = tenant.peers.messages.length;
  const { signingRequest } = await tenant.ok('document.sign', session, {
    params: { id: documentId },
    body: { type: 'CLOUD_NQES' },
  });
  const [, code] = await tenant.peers.sms(person(index).phone, /Код .*: (\d{4})$/, since);
  await tenant.ok('signing.confirm', session, { params: { id: signingRequest.id }, body: { code } });
}

describe('flow (b): a local regulation', () => {
  it('reaches each employee once, skips those who have it, is signed when all have signed', async () => {
    const ids = await Promise.all([0, 1].map((index) => tenant.employeeId(person(index))));
    const id = await create();
    const first = await send(id, [ids[0] ?? '']);
    expect(first.counts).toEqual({ total: 1, processed: 1, skipped: 0, failed: 0 });
    const second = await send(id, [...ids, ids[0] ?? '']);
    expect(second.counts).toEqual({ total: 2, processed: 2, skipped: 1, failed: 0 });
    const { state, documentIds } = await lna(id);
    expect(state).toBe('В процессе');
    expect(documentIds).toHaveLength(2);
    await acquaint(0, documentIds[0]);
    await acquaint(1, documentIds[1]);
    await tenant.until(
      () => lna(id),
      (one: Json) => one.state === 'Подписан',
    );
  });

  it('waits for the head manager when approval is required', async () => {
    const id = await create({ approvalRequired: true, headManagerId: await tenant.employeeId(person(10)) });
    const employeeIds = [await tenant.employeeId(person(2))];
    const early = await tenant.call('lna.send', HR, { params: { id }, body: { employeeIds } });
    expect(early).toMatchObject({ status: 409, body: { errorCode: '90.411' } });
    await tenant.ok('lna.toApproval', HR, { params: { id } });
    const { approvalDocumentId } = await tenant.until(
      () => lna(id),
      (one: Json) => one.approvalDocumentId !== null,
    );
    const { bytes: content } = await tenant.call('document.originalFile', HR, { params: { id: approvalDocumentId } });
    const keyPair = signatureSuite('ecdsa-p256').generateKeyPair();
    const { certificate } = CertificateAuthority.createRoot({
      keyPair,
      subject: [attribute('CN', 'Head')],
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 60_000),
    });
    const signature = signCms({ keyPair, certificate, content, signingTime: new Date() }).toString('base64');
    await tenant.ok('document.employerSign', HR, { params: { id: approvalDocumentId }, body: { signature } });
    await tenant.until(
      () => lna(id),
      (one: Json) => one.state === 'Утверждён',
    );
    expect((await send(id, employeeIds)).counts.failed).toBe(0);
  });

  it('fails the item of an employee who cannot sign and sends to the others', async () => {
    const id = await create();
    const ids = await Promise.all([0, 10].map((index) => tenant.employeeId(person(index))));
    const { counts, documents } = await send(id, ids);
    expect(counts).toMatchObject({ processed: 2, failed: 1 });
    expect(documents[1].errorMessage).toContain('не имеет действующей подписи');
  });
});
