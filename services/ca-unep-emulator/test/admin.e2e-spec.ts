import { defaultPopulation, formatPhone, formatSnils } from '@poligon/people';
import { parseCertificate } from '@poligon/pki';
import { call, CaStand, konturRequest, regRequest, type Method } from './ca-stand.js';

let stand: CaStand;
const person = defaultPopulation.person(555);

beforeAll(async () => {
  stand = await CaStand.start({}, true);
});
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.admin('POST', '/reset');
  stand.tenant.forget();
});

const register = (id: string, index = 555) =>
  stand.astral('USIG_REG_REQUEST', id, regRequest(defaultPopulation.person(index)));
const idsOf = async (query: string) =>
  (await stand.admin('GET', `/issue-requests${query}`)).body.requests.map(({ id }: { id: string }) => id);
const act = (id: string, action: string, body?: unknown) =>
  stand.admin('POST', `/issue-requests/${id}/${action}`, body);

describe('issue requests at the admin door', () => {
  it('are found by phone, СНИЛС and event id', async () => {
    await register('a');
    await register('b', 556);
    await register('c');
    expect(await idsOf('')).toEqual(['c', 'b', 'a']);
    expect(await idsOf(`?phone=${encodeURIComponent(formatPhone(person.phone))}`)).toEqual(['c', 'a']);
    expect(await idsOf(`?snils=${encodeURIComponent(formatSnils(person.snils))}`)).toEqual(['c', 'a']);
    expect(await idsOf('?eventId=b')).toEqual(['b']);
    expect(await idsOf('?eventId=zzz')).toEqual([]);
  });

  it('stand still when held and go on when approved', async () => {
    await register('held');
    expect((await act('held', 'hold')).body).toMatchObject({ state: 'ACCEPTED', isHeld: true });
    await stand.clock.advance(3_600_000);
    expect((await stand.admin('GET', '/issue-requests/held')).body.state).toBe('ACCEPTED');
    expect((await act('held', 'approve')).body).toMatchObject({ state: 'ISSUING', isHeld: false });
    await stand.clock.advance(1000);
    expect((await stand.admin('GET', '/issue-requests/held')).body.state).toBe('ISSUED');
  });

  it('are rejected with a reason', async () => {
    await register('no');
    const rejected = await act('no', 'reject', { reason: 'DATA_ERROR' });
    expect(rejected.body).toMatchObject({ state: 'REJECTED', reason: { text: 'Ошибка в данных заявки' } });
    expect(await act('no', 'issue-now')).toMatchObject({ status: 409 });
    expect(await act('no', 'expire')).toMatchObject({ status: 409 });
  });

  it('never show a code, neither do the events', async () => {
    const { id } = (await stand.kontur('POST', '/issue-requests', konturRequest(person))).body;
    const count = stand.gateway.calls.length + 1;
    await stand.kontur('POST', `/issue-requests/${id}/send-code`);
    const sms = await stand.gateway.wait(() => true, count);
    const code = /\d{6}/.exec(new URLSearchParams(sms.body).get('mes')!)![0];
    for (const path of ['/issue-requests', `/issue-requests/${id}`, '/events', '/certificates', '/journal']) {
      expect((await stand.admin('GET', path)).text).not.toContain(code);
    }
    expect((await act(id, 'issue-now')).status).toBe(409);
  });
});

describe('certificates at the admin door', () => {
  it('are issued ahead for named persons and sign at once', async () => {
    const { body } = await stand.admin('POST', '/certificates/preissue', { persons: { from: 100, count: 3 } });
    expect(body.certificates).toMatchObject([
      { subject: 'person:100' },
      { subject: 'person:101' },
      { subject: 'person:102' },
    ]);
    const [{ id: certificateId, serialNumber }] = body.certificates;
    const found = await stand.admin('GET', `/certificates/${serialNumber.toLowerCase()}`);
    for (const form of [`00${serialNumber}`, serialNumber.replace(/^0/, ''), serialNumber.match(/../g).join(':')]) {
      expect((await stand.admin('GET', `/certificates/${form}`)).body.serialNumber).toBe(serialNumber);
    }
    expect(found.body).toMatchObject({ status: 'ACTIVE', snils: defaultPopulation.snilsOf(100), serialNumber });
    expect(parseCertificate(Buffer.from(found.body.certificate, 'base64')).serialHex).toBe(serialNumber);
    const documents = [{ id: '1', hash: Buffer.alloc(32).toString('base64') }];
    expect((await stand.astral('USIG_SIGN_REQUEST', 's', { certificateId, documents })).status).toBe(200);
    await stand.clock.advance(10);
    expect((await stand.event('USIG_SIGN_RESULT', 's')).data.status).toBe('DONE');
  });

  it('expire with the clock and are revoked by serial number', async () => {
    const { body } = await stand.admin('POST', '/certificates/preissue', { persons: { from: 1, count: 1 } });
    const path = `/certificates/${body.certificates[0].serialNumber}`;
    await stand.admin('PUT', '/clock', { shiftMs: 366 * 86_400_000 });
    expect((await stand.admin('GET', path)).body.status).toBe('EXPIRED');
    await stand.admin('PUT', '/clock', { shiftMs: 0 });
    const revoked = await stand.admin('POST', `${path}/revoke`, { reason: 'keyCompromise' });
    expect(revoked.body).toMatchObject({ status: 'REVOKED', revocation: { reason: 'keyCompromise' } });
    expect((await stand.admin('POST', `${path}/revoke`)).status).toBe(409);
  });

  it('never show a private key', async () => {
    await stand.admin('POST', '/certificates/preissue', { persons: { from: 1, count: 1 } });
    for (const path of ['/certificates', '/ca', '/ca/chain.pem', '/ca/root.pem']) {
      expect((await stand.admin('GET', path)).text).not.toMatch(/PRIVATE|keyPair|"d"/);
    }
  });
});

describe('a bad call at the admin door', () => {
  it.each([
    ['GET', '/issue-requests/none', undefined, 404, 'заявка none не найдена'],
    ['GET', '/issue-requests?phone=1', undefined, 400, 'phone: must be a Russian phone number'],
    ['GET', '/issue-requests?limit=0', undefined, 400, /^limit: /],
    ['POST', '/issue-requests/none/reject', {}, 400, /^reason: must be one of STOP_LIST, /],
    ['GET', '/certificates/00AB', undefined, 404, 'no certificate with serial number "00AB"'],
    ['POST', '/certificates/preissue', { persons: { from: 0, count: 9999 } }, 400, 'persons.count: must be 1..5000'],
    [
      'POST',
      '/certificates/preissue',
      { persons: { from: 99_999_999, count: 2 } },
      400,
      'persons: must end by 99999999',
    ],
    ['PUT', '/tenants/nobody/callback', { url: null }, 404, 'no tenant "nobody", known is default'],
    ['PUT', '/tenants/default/callback', { url: 'ftp://x' }, 400, 'url: must be an http(s) URL or null'],
    ['POST', '/events/none/redeliver', undefined, 404, 'событие none не найдено'],
    ['POST', '/verify', { signature: '%' }, 400, 'signature: must be base64'],
    [
      'POST',
      '/verify',
      { signature: 'AAAA', document: '', hash: '' },
      400,
      'hash: must not be given together with document',
    ],
  ] as [Method, string, unknown, number, string | RegExp][])(
    '%s %s is answered precisely',
    async (method, path, body, status, error) => {
      const answer = await stand.admin(method, path, body);
      expect(answer.status).toBe(status);
      expect(answer.body.error).toMatch(error);
    },
  );

  it('does not upset the check of signatures', async () => {
    const signature = Buffer.from('not a signature').toString('base64');
    expect((await stand.admin('POST', '/verify', { signature })).body).toMatchObject({ valid: false });
  });
});

describe('metrics', () => {
  it('count accepted and completed work apart', async () => {
    await stand.admin('POST', '/certificates/preissue', { persons: { from: 1, count: 2 } });
    await register('m');
    const { text } = await call('GET', `${stand.emulator.adminUrl}/metrics`);
    expect(text).toMatch(/ca_issue_requests_total\{state="ACCEPTED",reason=""\} \d+/);
    expect(text).toMatch(/ca_certificates_total\{event="issued"\} \d+/);
    expect(text).toContain('ca_state{what="sign_queue_depth"} 0');
  });
});
