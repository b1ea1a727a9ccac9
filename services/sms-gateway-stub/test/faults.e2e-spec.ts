import { request } from 'undici';
import { bind, call, dropAll, type ClientPdu } from './smpp-client.js';
import { otherPhone, phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms({ SMS_BAD_LOGINS: '0' });
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

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
    if (fault === 'sms-duplicate') expect((await sms.inbox({ after: String(first!.seq) }))?.text).toBe(LONG);
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

describe('faults of SMPP', () => {
  const message = { source_addr: 'HR', destination_addr: phone, registered_delivery: 1, short_message: 'Code: 1234' };

  it.each([
    ['smpp-throttled', 0x58],
    ['smpp-queue-full', 0x14],
    ['smpp-system-error', 0x08],
    ['smpp-submit-fail', 0x45],
    ['sms-no-funds', 0x45],
    ['sms-stop-list', 0x0b],
  ])('%s answers with status %d', async (fault, status) => {
    await sms.fault(fault, {}, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    expect((await call(session, 'submit_sm', message)).command_status).toBe(status);
  });

  it('smpp-bind-refused refuses a bind', async () => {
    await sms.fault('smpp-bind-refused', {}, ['smpp.bind_*']);
    expect((await bind({ port: sms.smppPort })).response.command_status).toBe(0x0d);
  });

  it('smpp-alternate-fail lets every second submit fail', async () => {
    await sms.fault('smpp-alternate-fail', {}, ['smpp.submit_sm']);
    const { session, next } = await bind({ port: sms.smppPort });
    const all = [await call(session, 'submit_sm', message), await call(session, 'submit_sm', message)];
    expect(all.map(({ command_status }) => command_status)).toEqual([0, 8]);
    expect((await next()).short_message.message).toContain('stat:UNDELIV');
  });

  it.each([
    ['smpp-resp-missing', {}],
    ['smpp-resp-wrong-sequence', {}],
    ['smpp-bad-length', {}],
    ['smpp-resp-late', { delayMs: 700 }],
  ])('%s leaves the submit unanswered, the text arrives', async (fault, options) => {
    await sms.fault(fault, options, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    let isAnswered = false;
    void call(session, 'submit_sm', message).then(() => (isAnswered = true));
    if (fault !== 'smpp-resp-late') expect((await sms.inbox({}))?.code).toBe('1234');
    else expect(await sms.inbox({ timeoutMs: '50' })).toBeUndefined();
    expect(isAnswered).toBe(false);
  });

  it('smpp-nack answers with generic_nack', async () => {
    await sms.fault('smpp-nack', {}, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    expect(await call(session, 'submit_sm', message)).toMatchObject({ command: 'generic_nack', command_status: 3 });
  });

  it('smpp-resp-out-of-order holds a response until the next has left', async () => {
    await sms.fault('smpp-resp-out-of-order', {}, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    const order: string[] = [];
    await Promise.all([
      call(session, 'submit_sm', message).then(() => order.push('submit')),
      call(session, 'enquire_link').then(() => order.push('enquire')),
    ]);
    expect(order).toEqual(['enquire', 'submit']);
  });

  it.each(['smpp-fragmented', 'smpp-unknown-command'])(
    '%s is survived by the client library, or ends its session',
    async (fault) => {
      await sms.fault(fault, {}, ['smpp.submit_sm']);
      const { session } = await bind({ port: sms.smppPort });
      const broken = new Promise<string>((resolve) => session.on('error', () => resolve('error')));
      const answered = call(session, 'submit_sm', message).then(({ command_status }) => String(command_status));
      expect(['0', 'error']).toContain(await Promise.race([broken, answered]));
    },
  );

  it.each(['smpp-unbind', 'smpp-scheduled-drop'])('%s ends the connection', async (fault) => {
    await sms.fault(fault, fault === 'smpp-unbind' ? { closeAfterMs: 5 } : { afterMs: 5 }, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    const ended = new Promise<void>((resolve) => session.on('close', () => resolve()));
    await call(session, 'submit_sm', message);
    await ended;
  });

  it.each([
    ['smpp-outbind', 'outbind'],
    ['smpp-alert-notification', 'alert_notification'],
  ])('%s sends %s', async (fault, command) => {
    await sms.fault(fault, {}, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    const unexpected = new Promise<void>((resolve) => session.on(command, () => resolve()));
    await call(session, 'submit_sm', message);
    await unexpected;
  });

  it('smpp-silent-link does not answer enquire_link', async () => {
    await sms.fault('smpp-silent-link', {}, ['smpp.*']);
    const { session } = await bind({ port: sms.smppPort });
    let isAnswered = false;
    void call(session, 'enquire_link').then(() => (isAnswered = true));
    expect((await call(session, 'submit_sm', message)).command_status).toBe(0);
    expect(isAnswered).toBe(false);
  });

  it('smpp-receipt-first sends the receipt before the response', async () => {
    await sms.fault('smpp-receipt-first', {}, ['smpp.submit_sm']);
    const { session, next, delivered } = await bind({ port: sms.smppPort });
    const [response] = await Promise.all([
      call(session, 'submit_sm', message).then((pdu) => ({ pdu, had: delivered.length })),
      next(),
    ]);
    expect(response.had).toBe(1);
  });

  it.each([
    [
      'smpp-receipt-seconds',
      (pdu: ClientPdu) => /submit date:\d{12} done date:\d{12} /.test(pdu.short_message.message),
    ],
    ['smpp-receipt-capital-text', (pdu: ClientPdu) => pdu.short_message.message.includes(' Text:')],
    ['smpp-receipt-ucs2', (pdu: ClientPdu) => pdu['data_coding'] === 8],
    [
      'smpp-receipt-id-form',
      (pdu: ClientPdu) =>
        /^[0-9a-f]+$/.test(pdu['receipted_message_id'] as string) && Number(pdu['receipted_message_id']) < 1000,
    ],
    ['smpp-receipt-vendor-tlv', (pdu: ClientPdu) => pdu['receipted_message_id'] !== undefined],
    ['smpp-receipt-starved', (pdu: ClientPdu) => pdu.esm_class === 4],
    ['dlr-delayed', (pdu: ClientPdu) => pdu.esm_class === 4],
  ])('%s changes the receipt', async (fault, isRight) => {
    await sms.fault(fault, fault === 'dlr-delayed' ? { delayMs: 30 } : {}, ['smpp.deliver_sm']);
    const { session, next } = await bind({ port: sms.smppPort });
    await call(session, 'submit_sm', message);
    expect(isRight(await next())).toBe(true);
  });

  it('smpp-receipt-other-bind takes another receiver', async () => {
    await sms.fault('smpp-receipt-other-bind', {}, ['smpp.deliver_sm']);
    const [one, two] = [await bind({ port: sms.smppPort }), await bind({ port: sms.smppPort })];
    await Promise.all([1, 2, 3, 4].map(() => call(one.session, 'submit_sm', message)));
    await two.next();
    await two.next();
    await two.next();
    await two.next();
    expect(one.delivered).toEqual([]);
  });

  it('dlr-duplicate sends a receipt twice, dlr-lost none', async () => {
    await sms.fault('dlr-duplicate', {}, ['smpp.deliver_sm']);
    const { session, next } = await bind({ port: sms.smppPort });
    const { message_id } = await call(session, 'submit_sm', message);
    expect([(await next())['receipted_message_id'], (await next())['receipted_message_id']]).toEqual([
      message_id,
      message_id,
    ]);
  });
});
