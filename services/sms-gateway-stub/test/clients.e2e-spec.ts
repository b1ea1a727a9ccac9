import http from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { phone, startSms, type Json, type SmsStand } from './sms-stand.js';

const require = createRequire(import.meta.url);
let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms();
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());

describe('npm node-smsc', () => {
  const client = (options: object = {}) =>
    (require('node-smsc') as (options: object) => Json)({
      request: `${sms.emulator.protocolUrl}/sys/`,
      login: 'poligon',
      password: 'poligon',
      ...options,
    });

  it('sends, asks for the status and the balance', async () => {
    const sent = await client().send({ phones: phone, mes: 'Код для подписания: 1234', cost: 3, op: 1, fmt: 3 });
    expect(sent).toMatchObject({ id: expect.any(Number), cnt: 1, cost: '1.44', phones: [{ phone }] });
    expect((await sms.inbox({}))?.code).toBe('1234');
    const status = await client().status({ phone, id: sent.id, all: 1, fmt: 3 });
    expect(status).toMatchObject({ err: 0, phone, message: 'Код для подписания: 1234' });
    expect(await client().balance()).toEqual({ balance: expect.stringMatching(/^\d+\.\d\d$/) });
  });

  it('is told of a wrong password', async () => {
    await expect(client({ password: 'wrong' }).balance()).rejects.toMatchObject({ response: { error_code: 2 } });
  });
});

describe('npm sms_ru, whose host cannot be set', () => {
  const SmsRu = require('sms_ru') as new (apiId: string) => Record<string, (...args: Json[]) => void>;
  const ask = (method: string, ...args: Json[]): Promise<Json> =>
    new Promise((resolve) => new SmsRu('poligon-api-key')[method]!(...args, resolve));
  const { globalAgent } = http;

  // The client calls http://sms.ru: its connections are led to the gateway, as DNS would on a stand.
  beforeAll(() => {
    const agent = new http.Agent();
    agent.createConnection = () => connect(Number(new URL(sms.emulator.protocolUrl).port), '127.0.0.1');
    http.globalAgent = agent;
  });
  afterAll(() => {
    http.globalAgent = globalAgent;
  });

  it('sends, asks for the state, the price, the balance and the limit', async () => {
    const sent = await ask('sms_send', { to: phone, text: 'Код: 4321' });
    expect(sent).toMatchObject({ code: '100', ids: expect.stringMatching(/^\d{6}-\d+$/), balance: expect.any(String) });
    expect((await sms.inbox({}))?.code).toBe('4321');
    expect((await ask('sms_status', sent.ids)).code).toMatch(/^10[023]$/);
    expect(await ask('sms_cost', { to: phone, text: 'a' })).toMatchObject({ code: '100', price: '1.44', number: '1' });
    expect(await ask('my_balance')).toMatchObject({ code: '100', balance: expect.stringMatching(/^\d/) });
    expect(await ask('my_limit')).toMatchObject({ code: '100', total: expect.any(String), current: '0' });
  });

  it('keeps a stop-list', async () => {
    expect((await ask('stoplist_add', { phone, text: 'no' })).code).toBe('100');
    expect((await ask('stoplist_get')).stoplist).toEqual([`${phone};no`]);
    expect(await ask('sms_send', { to: phone, text: 'a' })).toMatchObject({ code: '100', ids: '209' });
    expect((await ask('stoplist_del', { phone })).code).toBe('100');
  });
});

describe('npm twilio', () => {
  const SID = `AC${'0'.repeat(32)}`;
  type Call = {
    method: string;
    uri: string;
    data?: object;
    params?: object;
    headers?: Record<string, string>;
    username?: string;
    password?: string;
  };

  /** The documented way to another host: an httpClient. */
  const httpClient = {
    request: async ({ method, uri, data, params, headers, username, password }: Call) => {
      const url = new URL(uri);
      const target = new URL(url.pathname + url.search, sms.emulator.protocolUrl);
      for (const [name, value] of Object.entries(params ?? {})) target.searchParams.set(name, String(value));
      const credentials = Buffer.from(`${username}:${password}`).toString('base64');
      const sent = new Headers(headers);
      sent.set('authorization', `Basic ${credentials}`);
      sent.set('content-type', 'application/x-www-form-urlencoded');
      const body = new URLSearchParams(data as Record<string, string>).toString();
      const reply = await fetch(target, { method, headers: sent, body: /get/i.test(method) ? null : body });
      const text = await reply.text();
      return { statusCode: reply.status, body: text === '' ? undefined : JSON.parse(text), headers: {} };
    },
  };
  const client = () => require('twilio')(SID, 'poligon', { httpClient });

  it('sends, fetches, lists, redacts, cancels and removes', async () => {
    const sent = await client().messages.create({ to: `+${phone}`, from: '+15005550006', body: 'Code: 1234' });
    expect(sent).toMatchObject({
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      status: 'queued',
      numSegments: '1',
      to: `+${phone}`,
    });
    expect((await sms.inbox({}))?.code).toBe('1234');
    const fetched = await client().messages(sent.sid).fetch();
    expect(['sent', 'delivered']).toContain(fetched.status);
    expect((await client().messages.list({ limit: 5 })).map(({ sid }: Json) => sid)).toEqual([sent.sid]);
    expect((await client().messages(sent.sid).update({ body: '' })).body).toBe('');
    const later = await client().messages.create({
      to: `+${phone}`,
      from: 'HR',
      body: 'x',
      sendAt: new Date(Date.now() + 3_600_000),
      scheduleType: 'fixed',
    });
    expect((await client().messages(later.sid).update({ status: 'canceled' })).status).toBe('canceled');
    expect(await client().messages(sent.sid).remove()).toBe(true);
    await expect(client().messages(sent.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('reads code and link of an error', async () => {
    await expect(
      client().messages.create({ to: '+15005550001', from: '+15005550006', body: 'a' }),
    ).rejects.toMatchObject({
      status: 400,
      code: 21211,
      moreInfo: 'https://www.twilio.com/docs/errors/21211',
    });
  });
});
