import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'undici';
import { otherPhone, phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms({ SMS_BAD_LOGINS: '0' });
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());

const LONG = 'Код для подписания договора: 123456. Никому его не сообщайте, даже если очень просят об этом.';

async function send(path: string, options: { body?: object; headers?: Record<string, string> } = {}) {
  const reply = await request(sms.emulator.protocolUrl + path, {
    method: options.body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: options.body === undefined ? null : JSON.stringify(options.body),
  });
  return `${reply.statusCode} ${await reply.body.text()}`;
}
const smsc = (text = LONG, phones = phone) =>
  send(`/sys/send.php?login=poligon&psw=poligon&charset=utf-8&fmt=3&phones=${phones}&mes=${encodeURIComponent(text)}`);
const smsru = (to = phone) => send(`/sms/send?api_id=poligon-api-key&json=1&to=${to}&msg=a`);
const aero = (host?: string) =>
  send('/v2/sms/send', {
    body: { number: phone, sign: 'S', text: 'a' },
    headers: {
      authorization: `Basic ${Buffer.from('poligon:poligon').toString('base64')}`,
      ...(host === undefined ? {} : { host }),
    },
  });
const state = async () => {
  const { body } = await sms.admin('GET', `messages?phone=${phone}`);
  return body.messages[0] as { state: string; error: number };
};

describe('refusals, each dialect in its own words', () => {
  it.each([
    ['sms-no-funds', /"error_code":3/, /"status_code":201/, /no credits/],
    ['sms-auth-rejected', /"error_code":2/, /"status_code":301/, /^401/],
    ['sms-ip-blocked', /"error_code":4/, /"status_code":300/, /^401/],
    ['sms-duplicate-flood', /"error_code":9/, /"status_code":231/, /^429/],
    ['sms-sender-unregistered', /"error_code":6/, /"status_code":204/, /Sign not found/],
    ['sms-foreign-number', /"error_code":8/, /"status_code":214/, /^400/],
    ['sms-service-unavailable', /^503/, /"status_code":220/, /^503/],
    ['sms-stop-list', /"cnt":2/, /"status_code":209/, /blacklist/],
    ['sms-antifraud-code', /"cnt":2/, /"status_code":233/, /"success":true/],
    ['sms-legacy-envelope', /"cnt":2/, /"status_code":100/, /\{"result":"reject"/],
  ])('%s', async (fault, ...replies) => {
    await sms.fault(fault, {}, ['*.send']);
    for (const [at, made] of [smsc, smsru, aero].entries()) expect(await made()).toMatch(replies[at]!);
  });
});

describe('what becomes of a message', () => {
  it.each([
    ['sms-undelivered', { error: 13 }, 'undeliverable', 13],
    ['sms-expired', {}, 'expired', 0],
    ['sms-offline', { afterMs: 10 }, 'expired', 6],
    ['sms-spam-filter', {}, 'rejected', 253],
    ['sms-stop-list', {}, 'rejected', 252],
    ['sms-antifraud-code', {}, 'undeliverable', 251],
    ['sms-lost', {}, 'sent', 0],
    ['sms-false-delivered', {}, 'delivered', 0],
  ])('%s: no text, state and error %#', async (fault, options, end, error) => {
    await sms.fault(fault, options, ['smsc.send']);
    await smsc();
    expect(await sms.inbox({ timeoutMs: '80' })).toBeUndefined();
    expect(await state()).toMatchObject({ state: end, error });
  });

  it.each([
    ['sms-late', { delayMs: 50 }, 'delivered'],
    ['sms-reordered', { holdMs: 50 }, 'delivered'],
    ['sms-status-stuck', {}, 'queued'],
    ['sms-status-unknown', {}, 'unknown'],
    ['sms-duplicate', { gapMs: 5 }, 'delivered'],
  ])('%s: the text arrives, the state is %#', async (fault, options, end) => {
    await sms.fault(fault, options, ['smsc.send']);
    await smsc();
    const first = await sms.inbox({ consume: 'true' });
    expect(first?.text).toBe(LONG);
    if (fault === 'sms-duplicate') expect((await sms.inbox({}))?.text).toBe(LONG);
    if (end === 'delivered') await sms.inbox({ timeoutMs: '60', after: '999999' });
    expect((await state()).state).toBe(end);
  });

  it.each([
    ['sms-segment-lost', {}, (text: string) => LONG.startsWith(text)],
    ['sms-segment-shuffled', {}, (text: string) => text.length === LONG.length && text !== LONG],
    ['sms-text-mangled', {}, (text: string) => text.startsWith('??? ??? ')],
    ['sms-text-mangled', { form: 'little-endian' }, (text: string) => !text.includes('Код')],
    ['sms-translit', {}, (text: string) => /^[Kk]od dl/.test(text)],
  ])('%s %j changes the text', async (fault, options, isRight) => {
    await sms.fault(fault, options, ['smsc.send']);
    await smsc();
    const shown = await sms.inbox({});
    expect(isRight(shown!.text)).toBe(true);
    expect(shown!.isPartial).toBe(fault === 'sms-segment-lost' ? true : undefined);
  });

  it('sms-reordered lets a newer code overtake', async () => {
    await sms.admin('PUT', 'faults/older', {
      fault: 'sms-reordered',
      operations: ['smsc.send'],
      options: { holdMs: 80 },
      times: 1,
    });
    await smsc('Код: 1111');
    await smsc('Код: 2222');
    const newer = await sms.inbox({ consume: 'true' });
    const older = await sms.inbox({ consume: 'true' });
    expect([newer?.code, older?.code]).toEqual(['2222', '1111']);
  });
});

describe('replies', () => {
  it('dlr-before-reply delivers before the answer to the send', async () => {
    await sms.fault('dlr-before-reply', {}, ['smsc.send']);
    await sms.fault('latency', { ms: 300 }, ['smsc.send']);
    let isAnswered = false;
    const sending = smsc().then(() => (isAnswered = true));
    expect((await sms.inbox({}))?.code).toBe('123456');
    expect(isAnswered).toBe(false);
    await sending;
  });

  it('sms-accepted-no-reply delivers although the answer is lost', async () => {
    await sms.fault('sms-accepted-no-reply', {}, ['smsc.send']);
    await expect(smsc()).rejects.toThrow();
    expect((await sms.inbox({}))?.code).toBe('123456');
  });

  it('sms-partial-recipients refuses every second', async () => {
    await sms.fault('sms-partial-recipients', {}, ['*.send']);
    expect(await smsru(`${phone},${otherPhone}`)).toMatch(/"status_code":100.*"status_code":100.*"status_code":209/);
  });

  it('sms-missing-id and sms-type-drift change the body', async () => {
    await sms.fault('sms-missing-id', {}, ['smsc.send']);
    expect(await smsc()).toBe('200 {"cnt":2}');
    await sms.reset();
    await sms.fault('sms-type-drift', {}, ['smsru.send']);
    expect(await smsru()).toMatch(/"cost":"1.44".*"balance":"\d/);
  });

  it('sms-gate-failover fails one host only', async () => {
    await sms.fault('sms-gate-failover', { status: 502 }, ['smsaero.*']);
    expect(await aero('gate.smsaero.ru')).toMatch(/^502/);
    expect(await aero('gate.smsaero.org')).toMatch(/^200/);
  });
});

it('proves every fault of the gateway in some wire test', () => {
  const sources = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.e2e-spec.ts'))
    .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
    .join('\n');
  const faults = readdirSync(`${import.meta.dirname}/../src/faults`).filter((file) => file.endsWith('.fault.ts'));
  const names = faults.map((file) => file.slice(0, -'.fault.ts'.length));
  expect(names.filter((name) => !sources.includes(name))).toEqual([]);
});
