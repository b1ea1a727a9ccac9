import { defaultPopulation } from '@poligon/people';
import { verifyCms } from '@poligon/pki';
import { CaStand, konturRequest, regRequest } from './ca-stand.js';

let stand: CaStand;
const person = defaultPopulation.person(2024);

beforeAll(async () => {
  stand = await CaStand.start();
});
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.admin('POST', '/reset');
  stand.tenant.forget();
  stand.gateway.forget();
});

const rule = (fault: string, operations: string[], options = {}) =>
  stand.admin('PUT', `/faults/${fault}`, { fault, operations, options });
const register = (id: string) => stand.astral('USIG_REG_REQUEST', id, regRequest(person));
const REG = ['astral.usig-reg-request'];

describe('domain faults', () => {
  it.each([
    ['stop-list', 'STOP_LIST', 'Стоп-лист'],
    ['snils-inn-mismatch', 'SNILS_INN_ERROR', 'Ошибка в данных СНИЛС/ИНН'],
  ])('%s rejects after the check', async (fault, code, text) => {
    await rule(fault, REG);
    expect((await register(fault)).status).toBe(200);
    expect((await stand.event('USIG_REG_STATUS', fault)).data.status).toBe('CHECKING');
    expect((await stand.event('USIG_REG_REJECTED', fault)).data).toMatchObject({ reason: { code, text } });
  });

  it('issue-stuck leaves the request in ISSUING until an engineer moves it', async () => {
    await rule('issue-stuck', REG);
    await register('stuck');
    await stand.event('USIG_REG_STATUS', 'stuck');
    expect((await stand.admin('POST', '/issue-requests/stuck/issue-now')).body.state).toBe('ISSUED');
    expect((await stand.event('USIG_CERT_ISSUED', 'stuck')).data.status).toBe('ISSUED');
  });

  it('callback-duplicate posts every event twice under one id', async () => {
    await rule('callback-duplicate', REG);
    await register('twice');
    const [first, second] = [
      await stand.event('USIG_CERT_ISSUED', 'twice'),
      await stand.event('USIG_CERT_ISSUED', 'twice', 2),
    ];
    expect(second).toEqual(first);
  });

  it('callback-lost keeps events for polling and posts none until redelivered', async () => {
    await rule('callback-lost', REG);
    await register('lost');
    await stand.admin('POST', '/issue-requests/lost/issue-now');
    const { events } = (await stand.admin('GET', '/events')).body;
    expect(events.map(({ delivery }: { delivery: { state: string } }) => delivery.state)).toEqual(
      events.map(() => 'LOST'),
    );
    expect(stand.tenant.calls).toHaveLength(0);
    await stand.admin('POST', `/events/${events.at(-1).id}/redeliver`);
    expect((await stand.event(events.at(-1).type, 'lost')).id).toBe(events.at(-1).id);
  });

  it('cms-bad-signature spoils the signature value alone', async () => {
    const { data } = await stand.issueAstral('cms', 2024);
    await rule('cms-bad-signature', ['astral.usig-sign-request']);
    const hash = Buffer.alloc(32, 7);
    const documents = [{ id: '1', hash: hash.toString('base64') }];
    await stand.astral('USIG_SIGN_REQUEST', 'cms-sign', { certificateId: data.certificateId, documents });
    const { signatures } = (await stand.event('USIG_SIGN_RESULT', 'cms-sign')).data;
    const verdict = verifyCms(Buffer.from(signatures[0].signature, 'base64'), { digest: hash });
    expect(verdict).toMatchObject({ valid: false, reason: 'the signature does not match', isCadesBes: true });
  });

  it('sms-code-lost promises a code that never comes', async () => {
    await rule('sms-code-lost', ['kontur.send-code']);
    const { id } = (await stand.kontur('POST', '/issue-requests', konturRequest(person))).body;
    expect((await stand.kontur('POST', `/issue-requests/${id}/send-code`)).status).toBe(200);
    expect((await stand.kontur('GET', `/issue-requests/${id}`)).body.state).toBe('CODE_SENT');
    expect(stand.gateway.calls).toHaveLength(0);
  });

  it('issue-delay-tail makes the certificate late by the given time', async () => {
    const slow = await CaStand.start({}, true);
    await slow.admin('PUT', '/faults/t', { fault: 'issue-delay-tail', operations: REG, options: { ms: 60_000 } });
    await slow.astral('USIG_REG_REQUEST', 'late', regRequest(person));
    await slow.clock.advance(59_999);
    expect((await slow.admin('GET', '/issue-requests/late')).body.state).toBe('ISSUING');
    await slow.clock.advance(1);
    expect((await slow.event('USIG_CERT_ISSUED', 'late')).data.status).toBe('ISSUED');
    await slow.close();
  });
});

describe('presets', () => {
  it('all apply', async () => {
    const { presets } = (await stand.admin('GET', '/presets')).body;
    const names = presets.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      'ca-down',
      'ca-slow-morning',
      'ca-stop-list',
      'callback-duplicate',
      'callback-lost',
      'cms-bad-signature',
      'issue-stuck',
      'realistic',
    ]);
    for (const name of names) expect((await stand.admin('POST', `/presets/${name}`)).status).toBe(200);
  });

  it('ca-down answers 502 to everything', async () => {
    await stand.admin('POST', '/presets/ca-down');
    expect(await register('down')).toMatchObject({ status: 502, text: '' });
    expect((await stand.kontur('GET', '/issue-requests/x')).status).toBe(502);
  });
});
