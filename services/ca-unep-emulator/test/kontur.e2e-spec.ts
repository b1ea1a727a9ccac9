import { createHash } from 'node:crypto';
import { defaultPopulation } from '@poligon/people';
import { parseCertificate, verifyCms } from '@poligon/pki';
import { CaStand, konturRequest } from './ca-stand.js';

let stand: CaStand;

beforeAll(async () => {
  stand = await CaStand.start({}, true);
});
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.admin('POST', '/reset');
  stand.gateway.forget();
});

const person = defaultPopulation.person(31_337);

async function create(): Promise<string> {
  const { body } = await stand.kontur('POST', '/issue-requests', konturRequest(person));
  return body.id;
}

/** Orders a code and reads it from the SMS. */
async function codeOf(id: string): Promise<string> {
  const before = stand.gateway.calls.length;
  await stand.kontur('POST', `/issue-requests/${id}/send-code`);
  const sms = await stand.gateway.wait(() => true, before + 1);
  return /\d{6}/.exec(new URLSearchParams(sms.body).get('mes')!)![0];
}

const confirm = (id: string, code: string) => stand.kontur('POST', `/issue-requests/${id}/confirm`, { code });
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('issue at kontur', () => {
  it('sends its own six-digit code through the SMS gateway', async () => {
    const created = await stand.kontur('POST', '/issue-requests', konturRequest(person));
    expect(created).toMatchObject({ status: 201, body: { state: 'CREATED' } });
    const sent = await stand.kontur('POST', `/issue-requests/${created.body.id}/send-code`);
    const { phone } = person;
    const phoneMask = `+7 *** ***-${phone.slice(7, 9)}-${phone.slice(9)}`;
    expect(sent).toMatchObject({ status: 200, body: { phoneMask, resendAfter: 60, expiresIn: 300 } });
    const { url, headers, body } = await stand.gateway.wait();
    expect(url).toBe('/sys/send.php');
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      ...{ login: 'poligon', psw: 'poligon', phones: phone, sender: 'kontur', fmt: '3', charset: 'utf-8' },
      mes: expect.stringMatching(/^Код подтверждения: \d{6}$/),
    });
  });

  it('issues after the code without an acceptance, signs and revokes', async () => {
    const id = await create();
    const code = await codeOf(id);
    expect(await confirm(id, code)).toMatchObject({ status: 202, body: { id, state: 'IN_PROGRESS' } });
    const journal = await stand.admin('GET', '/journal?operation=kontur.confirm&limit=1');
    expect(journal.text).toContain('(not kept)');
    expect(journal.text).not.toContain(code);
    await stand.clock.advance(1000);
    const issued = await stand.kontur('GET', `/issue-requests/${id}`);
    expect(issued).toMatchObject({ status: 200, body: { id, state: 'ISSUED' } });
    const { certificateId, certificate } = issued.body;
    expect(parseCertificate(Buffer.from(certificate, 'base64')).subject['1.2.643.100.3']).toBe(person.snils);

    const document = Buffer.from('Приказ');
    const hash = createHash('sha256').update(document).digest('base64');
    const order = { documents: [{ id: 'd', hash }] };
    const ordered = await stand.kontur('POST', `/certificates/${certificateId}/sign`, order);
    expect(ordered.status).toBe(202);
    await stand.clock.advance(10);
    const done = await stand.kontur('GET', `/operations/${ordered.body.operationId}`);
    expect(done.body).toMatchObject({ state: 'DONE', signatures: [{ id: 'd' }] });
    expect(verifyCms(Buffer.from(done.body.signatures[0].signature, 'base64'), document).valid).toBe(true);

    const revoked = await stand.kontur('POST', `/certificates/${certificateId}/revoke`, { reason: 'keyCompromise' });
    expect(revoked).toMatchObject({ status: 200, body: { certificateId, state: 'REVOKED' } });
    expect(await stand.kontur('POST', `/certificates/${certificateId}/sign`, order)).toMatchObject({
      status: 409,
      body: { error: { code: 'wrong_state' } },
    });
  });

  it('refuses a wrong code three times and then any code until a new one is sent', async () => {
    const id = await create();
    const code = await codeOf(id);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await confirm(id, wrong(code))).toMatchObject({
        status: 400,
        text: '{"error":{"code":"invalid_code","text":"Неверный код"}}',
      });
    }
    expect(await confirm(id, code)).toMatchObject({ status: 429, body: { error: { code: 'too_many_attempts' } } });
    await stand.clock.advance(60_000);
    const fresh = await codeOf(id);
    expect((await confirm(id, fresh)).status).toBe(202);
  });

  it('refuses to send again within 60 s and says when it will', async () => {
    const id = await create();
    await codeOf(id);
    await stand.clock.advance(59_000);
    const early = await stand.kontur('POST', `/issue-requests/${id}/send-code`);
    expect(early).toMatchObject({ status: 429, body: { error: { code: 'resend_too_early' } } });
    expect(early.headers['retry-after']).toBe('1');
    await stand.clock.advance(1000);
    expect((await stand.kontur('POST', `/issue-requests/${id}/send-code`)).status).toBe(200);
  });

  it('takes only the newest code, and none after 300 s', async () => {
    const id = await create();
    const old = await codeOf(id);
    await stand.clock.advance(60_000);
    const newest = await codeOf(id);
    if (old !== newest) expect((await confirm(id, old)).body.error.code).toBe('invalid_code');
    await stand.clock.advance(300_000);
    expect(await confirm(id, newest)).toMatchObject({ status: 410, body: { error: { code: 'code_expired' } } });
  });

  it('refuses a code nobody asked for and a code sent after confirmation', async () => {
    const id = await create();
    expect(await confirm(id, '123456')).toMatchObject({ status: 409, body: { error: { code: 'wrong_state' } } });
    await confirm(id, await codeOf(id));
    await stand.clock.advance(1000);
    expect((await stand.kontur('POST', `/issue-requests/${id}/send-code`)).status).toBe(409);
  });

  it('answers 200 although the gateway is out of order, and notes the loss', async () => {
    stand.gateway.statuses.push(500);
    const id = await create();
    expect((await stand.kontur('POST', `/issue-requests/${id}/send-code`)).status).toBe(200);
    const { body } = await stand.admin('GET', '/journal?operation=kontur.sms&wait=5000');
    expect(body.entries).toMatchObject([{ outcome: 'fail' }]);
  });

  it.each([
    ['no phone', { phone: undefined }, 400, 'phone_required', 'Не указан телефон'],
    ['a landline', { phone: '+7 495 123-45-67' }, 400, 'phone_not_mobile', 'Телефон должен быть мобильным'],
    ['no СНИЛС', { snils: undefined }, 400, 'bad_request', 'snils: обязательное поле'],
    ['a short ИНН', { inn: '77' }, 400, 'bad_request', 'inn: ожидается ИНН из 12 цифр'],
    [
      'an unknown identification',
      { identificationType: 'X' },
      400,
      'bad_request',
      'identificationType: ожидается ONSITE или REMOTE',
    ],
  ])('refuses an application with %s', async (_, change, status, code, text) => {
    const answer = await stand.kontur('POST', '/issue-requests', konturRequest(person, change));
    expect(answer).toMatchObject({ status, body: { error: { code, text } } });
  });
});

describe('remote identification that waits for Госуслуги', () => {
  let waiting: CaStand;

  beforeAll(async () => {
    waiting = await CaStand.start({ CA_GOSUSLUGI_WAIT: 'true' }, true);
  });
  afterAll(() => waiting.close());

  async function awaited(): Promise<string> {
    const application = konturRequest(person, { identificationType: 'REMOTE' });
    const { id } = (await waiting.kontur('POST', '/issue-requests', application)).body;
    const count = waiting.gateway.calls.length + 1;
    await waiting.kontur('POST', `/issue-requests/${id}/send-code`);
    const code = /\d{6}/.exec(
      new URLSearchParams((await waiting.gateway.wait(() => true, count)).body).get('mes')!,
    )![0];
    await waiting.kontur('POST', `/issue-requests/${id}/confirm`, { code });
    await waiting.clock.advance(1000);
    expect((await waiting.kontur('GET', `/issue-requests/${id}`)).body.state).toBe('AWAITING_GOSUSLUGI');
    return id;
  }

  it('issues once an engineer confirms in place of the employee', async () => {
    const id = await awaited();
    expect((await waiting.admin('POST', `/issue-requests/${id}/confirm-gosuslugi`)).status).toBe(200);
    await waiting.clock.advance(1000);
    expect((await waiting.kontur('GET', `/issue-requests/${id}`)).body.state).toBe('ISSUED');
  });

  it('rejects after 24 h without a confirmation', async () => {
    const id = await awaited();
    await waiting.clock.advance(86_400_000);
    expect((await waiting.kontur('GET', `/issue-requests/${id}`)).body).toMatchObject({
      state: 'REJECTED',
      error: { code: 'GOSUSLUGI_TIMEOUT', text: 'Истёк срок подтверждения' },
    });
  });
});
