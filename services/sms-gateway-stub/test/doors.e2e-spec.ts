import { Agent, request } from 'undici';
import { bind, call, dropAll } from './smpp-client.js';
import { phone, startSms, type SmsStand } from './sms-stand.js';

const ACCOUNTS = JSON.stringify([{ dialect: 'smpp', login: 'second', password: 'second' }]);
let sms: SmsStand;
let tlsPort: number;
let ca: string;

beforeAll(async () => {
  sms = await startSms({
    SMS_TLS: 'true',
    SMS_ACCOUNTS: ACCOUNTS,
    SMS_SMPP_LOOPBACK: '{"7943099":"second"}',
  });
  tlsPort = (await sms.admin('GET', 'tls')).body.port as number;
  ca = await (await request(`${sms.emulator.adminUrl}/__admin/tls/ca.pem`)).body.text();
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

/** Calls a provider's own host, which leads here; the certificate is checked against that host. */
async function callHost(host: string, path: string): Promise<{ status: number; text: string }> {
  const lookup = (_: string, __: object, done: (failure: null, found: object[]) => void) =>
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  const dispatcher = new Agent({ connect: { ca, lookup: lookup as never } });
  const reply = await request(`https://${host}:${tlsPort}${path}`, { dispatcher });
  const text = await reply.body.text();
  await dispatcher.close();
  return { status: reply.statusCode, text };
}

describe('HTTP over TLS', () => {
  it.each(['smsc.ru', 'www3.smsc.ru', 'localhost'])('serves clients that force https: %s', async (host) => {
    const path = `/sys/send.php?login=poligon&psw=poligon&phones=${phone}&mes=Code:%204321&fmt=3&charset=utf-8`;
    expect(JSON.parse((await callHost(host, path)).text)).toMatchObject({ cnt: 1 });
    expect((await sms.inbox({ consume: 'true' }))?.code).toBe('4321');
  });

  it('is left by a host the certificate does not name', async () => {
    await expect(callHost('sms.example.test', '/')).rejects.toThrow(/altnames/);
  });

  it('is off unless it is asked for', async () => {
    const plain = await startSms();
    expect((await plain.admin('GET', 'tls')).body).toEqual({ port: null, isOwnAuthority: false });
    expect((await plain.admin('GET', 'tls/ca.pem')).status).toBe(404);
    await plain.emulator.close();
  });

  it('stops the start with one line when a file cannot be read', async () => {
    const files = { SMS_TLS: 'true', SMS_TLS_CERT_FILE: '/none.pem', SMS_TLS_KEY_FILE: '/none.key' };
    await expect(startSms(files)).rejects.toThrow('SMS_TLS_CERT_FILE: /none.pem: ENOENT');
  });
});

describe('the Host header', () => {
  const unknown = (host: string) =>
    request(`${sms.emulator.protocolUrl}/no/such/path?json=1`, { headers: { host } }).then(async (reply) => ({
      status: reply.statusCode,
      text: await reply.body.text(),
    }));

  it('decides whose words an unknown path is answered in', async () => {
    const [smsru, aero, twilio, other] = await Promise.all(
      ['sms.ru', 'gate.smsaero.ru', 'api.twilio.com:443', 'localhost'].map(unknown),
    );
    expect(JSON.parse(smsru!.text)).toMatchObject({ status: 'ERROR' });
    expect(JSON.parse(aero!.text)).toMatchObject({ success: false });
    expect(JSON.parse(twilio!.text)).toHaveProperty('more_info');
    expect(new Set([smsru, aero, twilio, other].map((reply) => reply!.text)).size).toBe(4);
  });
});

describe('incoming texts at a rate', () => {
  const text = { phone, to: '7001', text: 'СТОП', dialect: 'smpp' };

  it('come one after another, as fast as asked', async () => {
    const { next, delivered } = await bind({ port: sms.smppPort });
    const startMs = performance.now();
    const { body } = await sms.admin('POST', 'incoming', { ...text, count: 40, perSecond: 200 });
    for (let at = 0; at < 40; at += 1) await next();
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(195);
    expect(delivered.every(({ source_addr }) => source_addr === phone)).toBe(true);
    const { incoming } = (await sms.admin('GET', 'incoming')).body;
    expect(incoming).toMatchObject([{ id: body.id, sent: 40, told: 40, isStopped: false }]);
  });

  it('stop when told to', async () => {
    const { next } = await bind({ port: sms.smppPort });
    const { body } = await sms.admin('POST', 'incoming', { ...text, count: 1_000_000, perSecond: 50 });
    await next();
    expect((await sms.admin('DELETE', `incoming/${body.id}`)).status).toBe(204);
    const sent = async () => (await sms.admin('GET', 'incoming')).body.incoming[0].sent as number;
    const stoppedAt = await sent();
    expect(await sent()).toBe(stoppedAt);
    expect(stoppedAt).toBeLessThan(1000);
    expect((await sms.admin('DELETE', 'incoming/999')).status).toBe(404);
  });

  it('are refused in a number that has to come at once', async () => {
    expect((await sms.admin('POST', 'incoming', { ...text, count: 10_001 })).status).toBe(400);
  });
});

describe('ESME to ESME', () => {
  it('a text to a number of another system_id reaches it, with a receipt for the sender', async () => {
    const sender = await bind({ port: sms.smppPort });
    const receiver = await bind({ port: sms.smppPort, system_id: 'second', password: 'second' });
    const message = { source_addr: '7001', destination_addr: '79430990001', registered_delivery: 1 };
    await call(sender.session, 'submit_sm', { ...message, short_message: 'Hello, robot' });
    expect(await receiver.next()).toMatchObject({
      source_addr: '7001',
      destination_addr: '79430990001',
      esm_class: 0,
      short_message: { message: 'Hello, robot' },
    });
    expect((await sender.next()).short_message.message).toContain('stat:DELIVRD');
    expect(receiver.delivered).toHaveLength(1);
  });
});
