import { defaultPopulation } from '@poligon/people';
import { parseCertificate, pem } from '@poligon/pki';
import { call, CaStand, konturRequest, regRequest, type AstralEvent, type Received } from './ca-stand.js';
import { checkableSuites, Openssl } from './openssl.js';

const REG = ['astral.usig-reg-request'];
const person = defaultPopulation.person(2025);
const otherPerson = defaultPopulation.person(2026);
const HASH = Buffer.alloc(32, 7).toString('base64');
let stand: CaStand;
let slow: CaStand;

beforeAll(async () => {
  stand = await CaStand.start();
  slow = await CaStand.start({ CA_SIGN_DELAY: '{"ms":1000}' }, true);
});
afterAll(async () => {
  await stand.close();
  await slow.close();
});
beforeEach(async () => {
  for (const one of [stand, slow]) {
    await one.admin('POST', '/reset');
    one.tenant.forget();
    one.gateway.forget();
  }
});

const rule = (on: CaStand, fault: string, operations: string[], options = {}) =>
  on.admin('PUT', `/faults/${fault}`, { fault, operations, options });
const register = (id: string) => stand.astral('USIG_REG_REQUEST', id, regRequest(person));
const told = ({ body }: Received) => (JSON.parse(body) as { event: AstralEvent }).event;
const codeIn = ({ body }: Received) => /\d+/.exec(new URLSearchParams(body).get('mes')!)![0];

async function sendCode(on: CaStand): Promise<string> {
  const { id } = (await on.kontur('POST', '/issue-requests', konturRequest(otherPerson))).body;
  expect((await on.kontur('POST', `/issue-requests/${id}/send-code`)).status).toBe(200);
  return id as string;
}

describe('faults of the way to a certificate', () => {
  it('gosuslugi-never-confirmed: a REMOTE request expires, another one does not wait', async () => {
    await rule(slow, 'gosuslugi-never-confirmed', REG);
    await slow.astral('USIG_REG_REQUEST', 'remote', regRequest(person, {}, 'REMOTE'));
    await slow.astral('USIG_REG_REQUEST', 'onsite', regRequest(otherPerson));
    await slow.clock.advance(1);
    expect((await slow.event('USIG_CERT_ISSUED', 'onsite')).data.status).toBe('ISSUED');
    expect((await slow.admin('GET', '/issue-requests/remote')).body.state).toBe('AWAITING_GOSUSLUGI');
    await slow.clock.advance(86_400_000);
    const rejected = await slow.event('USIG_REG_REJECTED', 'remote');
    expect(rejected.data).toMatchObject({ status: 'EXPIRED', reason: { code: 'GOSUSLUGI_TIMEOUT' } });
  });

  it('callback-reordered: the certificate is told before the statuses that led to it', async () => {
    await rule(stand, 'callback-reordered', REG);
    await register('upside-down');
    await stand.tenant.wait(() => true, 2);
    expect(stand.tenant.calls.map((one) => told(one).type)).toEqual(['USIG_CERT_ISSUED', 'USIG_REG_STATUS']);
    const { events } = (await stand.admin('GET', '/events')).body;
    expect(events.map(({ type }: AstralEvent) => type)).toEqual(['USIG_REG_STATUS', 'USIG_CERT_ISSUED']);
  });

  it('callback-before-reply: the result is there when the answer comes', async () => {
    await rule(stand, 'callback-before-reply', [...REG, 'astral.usig-sign-request']);
    expect((await register('early')).status).toBe(200);
    const issued = stand.tenant.calls.map(told).find(({ type }) => type === 'USIG_CERT_ISSUED')!;
    await stand.astral('USIG_CERT_ACCEPT', 'early-accept', { requestEventId: 'early' });
    const { certificateId } = issued.data;
    const documents = [{ id: '1', hash: HASH }];
    expect((await stand.astral('USIG_SIGN_REQUEST', 'early-sign', { certificateId, documents })).status).toBe(200);
    expect(stand.tenant.calls.map((one) => told(one).type)).toContain('USIG_SIGN_RESULT');
  });

  it('ca-switch: nothing new is taken in, what is under way goes on', async () => {
    await stand.issueAstral('before', 2025);
    await rule(stand, 'ca-switch', ['astral.usig-reg-request', 'kontur.create']);
    expect(await register('after')).toMatchObject({ status: 409, body: { status: '409' } });
    expect((await stand.kontur('POST', '/issue-requests', konturRequest(person))).status).toBe(409);
    const { data } = await stand.event('USIG_CERT_ISSUED', 'before');
    const documents = [{ id: '1', hash: HASH }];
    await stand.astral('USIG_SIGN_REQUEST', 'still', { certificateId: data.certificateId, documents });
    expect((await stand.event('USIG_SIGN_RESULT', 'still')).data.status).toBe('DONE');
  });
});

describe('faults of codes', () => {
  it('sms-code-late: the code comes when it is worth nothing', async () => {
    await rule(slow, 'sms-code-late', ['kontur.send-code']);
    const id = await sendCode(slow);
    await slow.clock.advance(300_999);
    expect(slow.gateway.calls).toHaveLength(0);
    await slow.clock.advance(1);
    const code = codeIn(await slow.gateway.wait());
    expect((await slow.kontur('POST', `/issue-requests/${id}/confirm`, { code })).status).toBe(410);
  });

  it('sms-code-wrong-length: four digits, and they are right', async () => {
    await rule(stand, 'sms-code-wrong-length', ['kontur.send-code']);
    const id = await sendCode(stand);
    const code = codeIn(await stand.gateway.wait());
    expect(code).toHaveLength(4);
    expect((await stand.kontur('POST', `/issue-requests/${id}/confirm`, { code })).status).toBe(202);
  });

  it('otp-rejected-once: the same code is taken at the second try', async () => {
    await rule(stand, 'otp-rejected-once', ['kontur.confirm']);
    const id = await sendCode(stand);
    const code = codeIn(await stand.gateway.wait());
    const confirm = async () => (await stand.kontur('POST', `/issue-requests/${id}/confirm`, { code })).status;
    expect([await confirm(), await confirm()]).toEqual([400, 202]);
  });
});

describe('faults of signing', () => {
  const order = (certificateId: string, id: string) =>
    stand.astral('USIG_SIGN_REQUEST', id, { certificateId, documents: [{ id: '1', hash: HASH }] });

  it('hsm-busy: orders are refused', async () => {
    const { data } = await stand.issueAstral('busy', 2025);
    await rule(stand, 'hsm-busy', ['astral.usig-sign-request']);
    expect((await order(data.certificateId, 'busy-sign')).status).toBe(500);
    await stand.admin('DELETE', '/faults/hsm-busy');
    expect((await order(data.certificateId, 'busy-sign')).status).toBe(200);
  });

  it('user-has-unconfirmed-operation: a second order waits for the first one to end', async () => {
    const { data } = await (async () => {
      await slow.astral('USIG_REG_REQUEST', 'two', regRequest(person));
      await slow.clock.advance(1);
      return slow.event('USIG_CERT_ISSUED', 'two');
    })();
    await slow.astral('USIG_CERT_ACCEPT', 'two-accept', { requestEventId: 'two' });
    await rule(slow, 'user-has-unconfirmed-operation', ['astral.usig-sign-request']);
    const { certificateId } = data;
    const sign = (id: string) =>
      slow.astral('USIG_SIGN_REQUEST', id, { certificateId, documents: [{ id: '1', hash: HASH }] });
    const [first, second] = await Promise.all([sign('one'), sign('another')]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
  });
});

describe('faults of КриптоПро DSS', () => {
  const url = (path: string) => `${stand.emulator.protocolUrl}${path}`;
  const signIn = async (): Promise<string> => {
    const form = { grant_type: 'password', username: 'u', password: 'poligon', client_id: 'poligon' };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await call('POST', url('/STS/oauth/token'), new URLSearchParams(form).toString(), headers)).body
      .access_token;
  };

  it('dss-token-expired and confirmation-cancelled', async () => {
    const authorization = `Bearer ${await signIn()}`;
    await rule(stand, 'dss-token-expired', ['dss.document']);
    expect((await call('POST', url('/SignServer/rest/api/documents'), {}, { authorization })).status).toBe(401);
    await rule(stand, 'confirmation-cancelled', ['sts.confirmation']);
    const answer = await call(
      'POST',
      url('/STS/confirmation'),
      { Resource: 'x', TransactionTokenId: 'y' },
      { authorization },
    );
    expect(answer.body).toMatchObject({ IsError: true, ErrorDescription: 'Операция отменена пользователем' });
  });
});

const openssl = new Openssl();
afterAll(() => openssl.close());
const suites = checkableSuites();
if (suites.length > 0)
  describe.each(suites)('key-rollover, %s, openssl as the judge', (suite) => {
    it('gives new certificates another issuer key, list and OCSP responder; older ones stay good', async () => {
      const authority = await CaStand.start({ CA_SUITE: suite, CA_KEY_POOL: '0' });
      const issue = async (id: string, index: number) => {
        const { data } = await authority.issueAstral(id, index);
        const der = Buffer.from(data.certificate, 'base64');
        return { ...parseCertificate(der), file: openssl.file(`${id}.pem`, pemOf(der)) };
      };
      const old = await issue('old', 1);
      await rule(authority, 'key-rollover', REG);
      const fresh = await issue('fresh', 2);
      expect(fresh.authorityKeyId).not.toEqual(old.authorityKeyId);
      expect([old.crlUrls[0], fresh.crlUrls[0]].map((link) => link?.split('/').at(-1))).toEqual(['1.crl', '2.crl']);
      const chain = openssl.file('chain.pem', (await authority.admin('GET', '/ca/chain.pem')).text);
      await authority.admin('POST', `/certificates/${old.serialHex}/revoke`, {});
      await authority.admin('POST', '/ca/crl');
      for (const [one, word] of [
        [old, 'revoked'],
        [fresh, 'good'],
      ] as const) {
        expect((await openssl.run('verify', '-CAfile', chain, one.file)).output).toContain(': OK');
        const number = one === old ? 1 : 2;
        const at = authority.emulator.protocolUrl;
        const issuerDer = await fetchBytes(`${at}/aia/${number}.crt`);
        const issuer = openssl.file('issuer.pem', pemOf(issuerDer));
        const asked = ['-issuer', issuer, '-cert', one.file, '-CAfile', chain, '-url', `${at}/ocsp/ocsp.srf`];
        const { output } = await openssl.run('ocsp', ...asked);
        expect(output).toContain('Response verify OK');
        expect(output).toContain(`: ${word}`);
        const crl = openssl.file('l.crl', await fetchBytes(`${at}/cdp/${number}.crl`));
        const list = await openssl.run('crl', '-noout', '-text', '-inform', 'DER', '-in', crl, '-CAfile', issuer);
        expect([list.output.includes('verify OK'), list.output.includes(old.serialHex)]).toEqual([true, one === old]);
      }
      expect((await authority.admin('POST', '/ca/rollover')).body.number).toBe(3);
      await authority.close();
    });
  });

const pemOf = (der: Buffer): string => pem(der, 'CERTIFICATE');

async function fetchBytes(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}
