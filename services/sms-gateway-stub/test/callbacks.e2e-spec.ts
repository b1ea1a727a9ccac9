import { createHash, createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { phone, startSms, type Json, type SmsStand } from './sms-stand.js';

interface Told {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly fields: Record<string, string>;
  readonly json?: Json;
}

/** A client's callback endpoint: keeps what it is told, answers as it is set to. */
class Listener {
  readonly told: Told[] = [];
  reply: { status: number; body: string } = { status: 200, body: '100' };
  private wake: () => void = () => undefined;
  private server!: Server;

  async open(): Promise<string> {
    this.server = createServer((incoming, reply) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const url = new URL(incoming.url!, 'http://x');
        const isJson = incoming.headers['content-type']?.includes('json') === true;
        const fields = Object.fromEntries(new URLSearchParams(isJson || body === '' ? url.search : body));
        this.told.push({
          method: incoming.method!,
          url: url.pathname,
          headers: incoming.headers,
          fields,
          json: isJson ? JSON.parse(body) : undefined,
        });
        reply.writeHead(this.reply.status).end(this.reply.body);
        this.wake();
      });
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async until(isDone: (told: readonly Told[]) => boolean): Promise<readonly Told[]> {
    while (!isDone(this.told)) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.told;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const SID = `AC${'0'.repeat(32)}`;
let sms: SmsStand;
let listener: Listener;
let base: string;
beforeAll(async () => {
  listener = new Listener();
  base = await listener.open();
  sms = await startSms({ SMS_CALLBACK_URL: `${base}/all`, SMS_CALLBACK_RETRY_DELAYS_MS: '[20,20,20]' });
});
afterAll(async () => {
  await sms.emulator.close();
  listener.close();
});
beforeEach(async () => {
  await sms.reset();
  listener.told.length = 0;
  listener.reply = { status: 200, body: '100' };
});

const basic = (login: string) => `Basic ${Buffer.from(`${login}:poligon`).toString('base64')}`;
async function post(path: string, value: object, authorization?: string, type = 'application/json'): Promise<void> {
  const reply = await request(sms.emulator.protocolUrl + path, {
    method: 'POST',
    headers: { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) },
    body:
      type === 'application/json'
        ? JSON.stringify(value)
        : new URLSearchParams(value as Record<string, string>).toString(),
  });
  expect(reply.statusCode).toBeLessThan(300);
  await reply.body.dump();
}
const FORM = 'application/x-www-form-urlencoded';
const SENDS: Readonly<Record<string, () => Promise<void>>> = {
  smsc: () =>
    post('/sys/send.php', { login: 'poligon', psw: 'poligon', phones: phone, mes: 'a', id: '77' }, undefined, FORM),
  smsru: () => post('/sms/send', { api_id: 'poligon-api-key', to: phone, msg: 'a' }, undefined, FORM),
  smsaero: () =>
    post(
      '/v2/sms/send',
      { number: phone, sign: 'S', text: 'a', callbackUrl: `${base}/own`, callbackFormat: 'JSON' },
      basic('poligon'),
    ),
  exolve: () =>
    post('/messaging/v1/SendSMS', { number: 'HR', destination: phone, text: 'a' }, 'Bearer poligon-api-key'),
  omni: () =>
    post(
      '/http-api/v1/messages',
      { messages: [{ content: { short_text: 'a' }, from: { sms_address: 'HR' }, to: [{ msisdn: phone }] }] },
      basic('poligon'),
    ),
  megafon: () =>
    post(
      '/sms/v1/sms',
      { from: 'HR', to: Number(phone), message: 'a', callback_url: `${base}/own`, msg_id: 'm1' },
      basic('poligon'),
    ),
  devino: () =>
    post(
      '/sms/messages',
      { messages: [{ from: 'HR', to: phone, text: 'a', callbackUrl: `${base}/own`, options: { trace: 'x' } }] },
      'Key poligon-api-key',
    ),
  twilio: () =>
    post(
      `/2010-04-01/Accounts/${SID}/Messages.json`,
      { To: `+${phone}`, From: '+15005550006', Body: 'a', StatusCallback: `${base}/own` },
      basic(SID),
      FORM,
    ),
};
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

describe('callbacks', () => {
  it('of SMSC.ru carry the status and three signatures', async () => {
    await SENDS['smsc']!();
    const told = (await listener.until((all) => all.some(({ fields }) => fields['status'] === '1'))).at(-1)!;
    const signed = `77:${phone}:1:poligon-secret`;
    expect(told).toMatchObject({
      method: 'POST',
      url: '/all',
      fields: { id: '77', phone, err: '0', cnt: '1', cost: '1.44' },
    });
    expect(told.fields).toMatchObject({ md5: digest('md5', signed), sha1: digest('sha1', signed) });
    expect(told.fields['crc32']).toMatch(/^[0-9a-f]{8}$/);
  });

  it('of SMS.RU carry entries and the hash of all of them', async () => {
    await SENDS['smsru']!();
    const told = (await listener.until((all) => all.some(({ fields }) => /\n103\n/.test(fields['data[0]'] ?? '')))).at(
      -1,
    )!;
    const entries = Object.entries(told.fields)
      .filter(([name]) => name.startsWith('data['))
      .map(([, entry]) => entry);
    expect(entries[0]).toMatch(/^sms_status\n000000-\d+\n103\n\d{10}$/);
    expect(told.fields['hash']).toBe(digest('sha256', `poligon-api-key${entries.join('')}`));
  });

  it('of SMS Aero are JSON to the URL of the send', async () => {
    await SENDS['smsaero']!();
    const told = (await listener.until((all) => all.some(({ json }) => json?.status === 1))).at(-1)!;
    expect(told).toMatchObject({ url: '/own', json: { extendStatus: 'delivery', number: phone, cost: '1.44' } });
  });

  it('of Twilio are signed with the auth token', async () => {
    await SENDS['twilio']!();
    const told = (await listener.until((all) => all.some(({ fields }) => fields['MessageStatus'] === 'delivered'))).at(
      -1,
    )!;
    const text = Object.keys(told.fields)
      .sort()
      .reduce((joined, name) => joined + name + told.fields[name], `${base}/own`);
    expect(told.headers['x-twilio-signature']).toBe(createHmac('sha1', 'poligon').update(text).digest('base64'));
    expect(told.fields).toMatchObject({ To: `+${phone}`, AccountSid: SID, SmsStatus: 'delivered' });
  });

  it.each([
    ['exolve', { status: 'delivered', destination: '' }],
    ['omni', { events_info: [{ events_info: [{ status: 200 }] }] }],
    ['megafon', { msg_id: 'm1', status: 'delivered' }],
    ['devino', { status: 'DELIVERED', options: { trace: 'x' } }],
  ])('of %s come in its own JSON', async (dialect, expected: Json) => {
    await SENDS[dialect]!();
    const isFinal = ({ json }: Told) => /delivered|DELIVERED|"status":200/.test(JSON.stringify(json));
    const told = (await listener.until((all) => all.some(isFinal))).find(isFinal)!;
    const wanted = dialect === 'exolve' ? { ...expected, destination: phone } : expected;
    expect(told.json).toMatchObject(wanted);
  });

  it('are tried again until the client takes them, and the line is shown', async () => {
    listener.reply = { status: 500, body: '' };
    await SENDS['smsc']!();
    await listener.until((all) => all.length >= 3);
    listener.reply = { status: 200, body: 'OK' };
    const before = listener.told.length;
    await listener.until((all) => all.length > before);
    const { body } = await sms.admin('GET', 'callbacks');
    expect(body.callbacks[0]).toMatchObject({ dialect: 'smsc', account: 'poligon', url: `${base}/all` });
    expect((await sms.admin('POST', 'callbacks/resend')).status).toBe(201);
  });

  it.each([
    ['dlr-duplicate', {}, (all: readonly Told[]) => all.filter(({ fields }) => fields['status'] === '1').length === 2],
    [
      'dlr-via-get',
      {},
      (all: readonly Told[]) => all.some(({ method, fields }) => method === 'GET' && fields['status'] === '1'),
    ],
    [
      'dlr-bad-signature',
      {},
      (all: readonly Told[]) =>
        all.some(
          ({ fields }) =>
            fields['md5'] !== undefined &&
            fields['md5'] !== digest('md5', `77:${phone}:${fields['status']}:poligon-secret`),
        ),
    ],
    ['dlr-delayed', { delayMs: 30 }, (all: readonly Told[]) => all.some(({ fields }) => fields['status'] === '1')],
    ['dlr-storm', { everyMs: 50 }, (all: readonly Told[]) => all.length === 2],
  ])('obey %s', async (fault, options, isDone) => {
    await sms.fault(fault, options, ['*.callback']);
    await SENDS['smsc']!();
    expect((await listener.until(isDone)).length).toBeGreaterThan(0);
  });

  it('obey dlr-lost', async () => {
    await sms.fault('dlr-lost', {}, ['smsc.callback']);
    await SENDS['smsc']!();
    await SENDS['exolve']!();
    await listener.until((all) => all.some(({ json }) => json?.status === 'delivered'));
    expect(listener.told.every(({ json }) => json !== undefined)).toBe(true);
  });

  it('obey dlr-reordered: delivered comes before sent', async () => {
    await sms.fault('dlr-reordered', { holdMs: 100 }, ['exolve.callback']);
    await SENDS['exolve']!();
    const told = await listener.until((all) => all.length === 2);
    expect(told.map(({ json }) => json.status)).toEqual(['delivered', 'sent']);
  });

  it.each([
    ['dlr-index-from-one', ({ fields }: Told) => fields['data[1]'] !== undefined && fields['data[0]'] === undefined],
    ['dlr-hash-md5', ({ fields }: Told) => fields['hash'] === digest('md5', `poligon-api-key${fields['data[0]']}`)],
  ])('obey %s', async (fault, isRight) => {
    await sms.fault(fault, {}, ['smsru.callback']);
    await SENDS['smsru']!();
    expect((await listener.until((all) => all.length > 0)).some(isRight)).toBe(true);
  });

  it('tell of incoming texts', async () => {
    const { status, body } = await sms.admin('POST', 'incoming', { phone, to: '7001', text: 'СТОП', dialect: 'smsc' });
    expect([status, body.told]).toEqual([201, 1]);
    const told = (await listener.until((all) => all.length === 1))[0]!;
    expect(told.fields).toMatchObject({ phone, mes: 'СТОП', to: '7001' });
  });
});
