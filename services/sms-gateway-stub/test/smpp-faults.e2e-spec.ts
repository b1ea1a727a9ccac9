import { bind, call, dropAll, type ClientPdu } from './smpp-client.js';
import { phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms();
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

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
    ['smpp-receipt-id-form', (pdu: ClientPdu, id: string) => pdu['receipted_message_id'] === Number(id).toString(16)],
    ['smpp-receipt-vendor-tlv', (pdu: ClientPdu) => pdu['receipted_message_id'] !== undefined],
    ['smpp-receipt-starved', (pdu: ClientPdu) => pdu.esm_class === 4],
    ['dlr-delayed', (pdu: ClientPdu) => pdu.esm_class === 4],
  ])('%s changes the receipt', async (fault, isRight) => {
    await sms.fault(fault, fault === 'dlr-delayed' ? { delayMs: 30 } : {}, ['smpp.deliver_sm']);
    const { session, next } = await bind({ port: sms.smppPort });
    const { message_id } = await call(session, 'submit_sm', message);
    expect(isRight(await next(), message_id)).toBe(true);
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
