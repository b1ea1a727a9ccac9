import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPopulation } from '@poligon/people';
import { signatureSuite, verifyCms } from '@poligon/pki';
import { CaStand, regRequest } from './ca-stand.js';

const folder = mkdtempSync(join(tmpdir(), 'ca-unep-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const document = Buffer.from('Приказ № 19');
const hash = signatureSuite('ecdsa-p256').digest(document).toString('base64');

async function start(environment: Record<string, string> = {}): Promise<CaStand> {
  return CaStand.start({ CA_STATE_FOLDER: folder, CA_ASTRAL_CALLBACK_URL: '', ...environment });
}

async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

const events = async (stand: CaStand) => (await stand.admin('GET', '/events')).body.events as AnyEvent[];
interface AnyEvent {
  readonly type: string;
  readonly requestId: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly data: any;
}
const eventOf = (stand: CaStand, type: string, requestId: string): Promise<AnyEvent> =>
  eventually(async () => (await events(stand)).find((event) => event.type === type && event.requestId === requestId));

describe('after a restart', () => {
  it('the chain, certificates, revocations, requests, signatures and events are the same, and work goes on', async () => {
    const before = await start();
    const root = (await before.admin('GET', '/ca/root.pem')).text;
    for (const [id, index] of [
      ['good', 41],
      ['bad', 42],
    ] as const) {
      await before.astral('USIG_REG_REQUEST', id, regRequest(defaultPopulation.person(index)));
    }
    const good = (await eventOf(before, 'USIG_CERT_ISSUED', 'good')).data;
    const bad = (await eventOf(before, 'USIG_CERT_ISSUED', 'bad')).data;
    await before.astral('USIG_CERT_ACCEPT', 'accept', { requestEventId: 'good' });
    await before.admin('POST', `/certificates/${bad.serialNumber}/revoke`, {});
    const told = (await events(before)).length;
    await before.admin('POST', '/ca/rollover');
    await before.close();

    const after = await start();
    expect((await after.admin('GET', '/ca/root.pem')).text).toBe(root);
    expect((await after.admin('GET', '/ca')).body.certificates).toHaveLength(3);
    expect(await events(after)).toHaveLength(told);
    const statusOf = async (serial: string) => (await after.admin('GET', `/certificates/${serial}`)).body.status;
    expect([await statusOf(good.serialNumber), await statusOf(bad.serialNumber)]).toEqual(['ACTIVE', 'REVOKED']);
    expect((await after.admin('POST', '/ca/crl')).body.entries).toBe(1);
    expect((await after.admin('GET', '/issue-requests/good')).body.state).toBe('ACTIVE');
    const order = { certificateId: good.certificateId, documents: [{ id: '1', hash }] };
    await after.astral('USIG_SIGN_REQUEST', 'sign', order);
    const { signatures } = (await eventOf(after, 'USIG_SIGN_RESULT', 'sign')).data;
    expect(verifyCms(Buffer.from(signatures[0].signature, 'base64'), document).valid).toBe(true);
    // A repeated event has no second effect, whoever took the first one in.
    await after.astral('USIG_REG_REQUEST', 'good', regRequest(defaultPopulation.person(41)));
    expect((await after.admin('GET', '/issue-requests/good')).body.state).toBe('ACTIVE');
    await after.admin('POST', '/reset');
    await after.close();
  });

  it('requests that were under way are issued', async () => {
    const before = await start({ CA_ISSUE_DELAY: '{"ms":3600000}' });
    await before.astral('USIG_REG_REQUEST', 'cut', regRequest(defaultPopulation.person(43)));
    await eventually(async () => ((await events(before)).length > 0 ? true : undefined));
    expect((await before.admin('GET', '/issue-requests/cut')).body.state).toBe('CHECKING');
    await before.close();
    const after = await start();
    expect((await eventOf(after, 'USIG_CERT_ISSUED', 'cut')).data.status).toBe('ISSUED');
    await after.close();
  });
});
