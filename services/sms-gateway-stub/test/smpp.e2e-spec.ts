import { request } from 'undici';
import { bind, call, dropAll, type ClientPdu } from './smpp-client.js';
import { otherPhone, phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms();
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

const message = (fields: object = {}) => ({
  source_addr: 'HRLink',
  source_addr_ton: 5,
  destination_addr: phone,
  dest_addr_ton: 1,
  dest_addr_npi: 1,
  registered_delivery: 1,
  short_message: 'Код для подписания: 123456',
  ...fields,
});
const receiptText = (pdu: ClientPdu) => pdu.short_message.message;

describe('npm smpp against the gateway', () => {
  it.each(['bind_transmitter', 'bind_receiver', 'bind_transceiver'])('binds by %s', async (command) => {
    const { session, response } = await bind({ port: sms.smppPort, command });
    expect(response).toMatchObject({ command_status: 0, system_id: 'POLIGON', sc_interface_version: 0x34 });
    expect((await call(session, 'enquire_link')).command_status).toBe(0);
    expect((await call(session, 'unbind')).command_status).toBe(0);
  });

  it('takes a message, shows it on the handset and reports delivery', async () => {
    const { session, next } = await bind({ port: sms.smppPort });
    const { message_id: id, command_status } = await call(session, 'submit_sm', message());
    expect([command_status, id]).toEqual([0, expect.stringMatching(/^\d+$/)]);
    expect(await sms.inbox({})).toMatchObject({ text: 'Код для подписания: 123456', code: '123456', sender: 'HRLink' });
    const receipt = await next();
    expect(receipt).toMatchObject({
      esm_class: 4,
      source_addr: phone,
      destination_addr: 'HRLink',
      receipted_message_id: id,
      message_state: 2,
    });
    expect(receiptText(receipt)).toMatch(
      new RegExp(`^id:${id} sub:001 dlvrd:001 submit date:\\d{10} done date:\\d{10} stat:DELIVRD err:000 text:`),
    );
    session.destroy();
  });

  it.each([
    [0, 'delivered', 0],
    [1, 'delivered', 1],
    [2, 'delivered', 0],
    [3, 'delivered', 1],
    [1, 'undelivered', 1],
    [2, 'undelivered', 1],
    [3, 'undelivered', 0],
    [0x11, 'delivered', 2],
  ])('registered_delivery %d of a message that is %s makes %d receipts', async (registered_delivery, end, count) => {
    if (end === 'undelivered') await sms.fault('sms-undelivered', { error: 6 });
    const { session, delivered, next } = await bind({ port: sms.smppPort });
    await call(session, 'submit_sm', message({ registered_delivery }));
    // A second message asks for every receipt: when its own is there, the first one's would be.
    const { message_id: last } = await call(
      session,
      'submit_sm',
      message({ registered_delivery: 1, destination_addr: otherPhone }),
    );
    while ((await next())['receipted_message_id'] !== last);
    expect(delivered.length - 1).toBe(count);
    session.destroy();
  });

  it.each([
    ['Latin', { short_message: 'Code: 4321' }, 'Code: 4321'],
    ['Cyrillic', { short_message: 'Код: 4321' }, 'Код: 4321'],
    ['Latin-1', { data_coding: 3, short_message: { message: 'Code é: 4321' } }, 'Code é: 4321'],
    ['payload', { short_message: '', message_payload: { message: 'Код: 4321' }, data_coding: 8 }, 'Код: 4321'],
  ])('decodes %s', async (_, fields, text) => {
    const { session } = await bind({ port: sms.smppPort });
    expect((await call(session, 'submit_sm', message(fields))).command_status).toBe(0);
    expect(await sms.inbox({})).toMatchObject({ text, code: '4321' });
    session.destroy();
  });

  it.each(['udh', 'sar'])('joins a long text split by %s, one receipt per part', async (form) => {
    const { session, next } = await bind({ port: sms.smppPort });
    const parts = ['Вам направлен документ для ознакомления, подпишите его кодом ', '654321. Никому его не сообщайте.'];
    const fields = (at: number) =>
      form === 'udh'
        ? { esm_class: 0x40, short_message: { udh: Buffer.of(5, 0, 3, 9, 2, at + 1), message: parts[at] } }
        : { short_message: parts[at], sar_msg_ref_num: 300, sar_total_segments: 2, sar_segment_seqnum: at + 1 };
    for (const at of [1, 0]) await call(session, 'submit_sm', message(fields(at)));
    expect(await sms.inbox({})).toMatchObject({ text: parts.join(''), code: '654321' });
    expect(new Set([(await next())['receipted_message_id'], (await next())['receipted_message_id']]).size).toBe(2);
    session.destroy();
  });

  it('takes data_sm and submit_multi', async () => {
    const { session } = await bind({ port: sms.smppPort });
    const data = { ...message(), short_message: undefined, message_payload: { message: 'Код: 1111' }, data_coding: 8 };
    expect((await call(session, 'data_sm', data)).command_status).toBe(0);
    expect((await sms.inbox({}))?.code).toBe('1111');
    const dest_address = [{ dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: otherPhone }, { dl_name: 'staff' }];
    const multi = await call(session, 'submit_multi', message({ dest_address, short_message: 'Код: 2222' }));
    expect(multi).toMatchObject({ command_status: 0, unsuccess_sme: [{ error_status_code: 0x34 }] });
    expect((await sms.inbox({ phone: otherPhone }))?.code).toBe('2222');
    session.destroy();
  });

  it('queries, replaces and cancels what waits to be sent', async () => {
    const { session } = await bind({ port: sms.smppPort });
    const scheduled = message({ schedule_delivery_time: '000000010000000R', registered_delivery: 0 });
    const { message_id } = await call(session, 'submit_sm', scheduled);
    const asked = { message_id, source_addr: 'HRLink', destination_addr: phone };
    expect(await call(session, 'query_sm', asked)).toMatchObject({ message_id, message_state: 1, final_date: '' });
    expect((await call(session, 'replace_sm', { ...asked, short_message: 'New text' })).command_status).toBe(0);
    const { body } = await sms.admin('GET', `messages?phone=${phone}`);
    expect(body.messages[0].text).toBe('New text');
    expect((await call(session, 'cancel_sm', asked)).command_status).toBe(0);
    expect(await call(session, 'query_sm', asked)).toMatchObject({ message_state: 4 });
    expect((await call(session, 'cancel_sm', asked)).command_status).toBe(0x11);
    expect((await call(session, 'replace_sm', asked)).command_status).toBe(0x13);
    expect((await call(session, 'query_sm', { message_id: '1' })).command_status).toBe(0x0c);
    session.destroy();
  });

  it('expires a message that outlives its validity', async () => {
    await sms.fault('sms-late', { delayMs: 60_000 });
    const { session, next } = await bind({ port: sms.smppPort });
    await call(session, 'submit_sm', message({ validity_period: '000000000000000R' }));
    expect(receiptText(await next())).toContain('stat:EXPIRED');
    session.destroy();
  });

  it('shares receipts between the receivers of one system_id, and keeps them while nobody is bound', async () => {
    const sender = await bind({ port: sms.smppPort, command: 'bind_transmitter' });
    await Promise.all([1, 2, 3, 4].map(() => call(sender.session, 'submit_sm', message())));
    await sms.inbox({});
    const [one, two] = [
      await bind({ port: sms.smppPort, command: 'bind_receiver' }),
      await bind({ port: sms.smppPort, command: 'bind_receiver' }),
    ];
    await one.next();
    await Promise.all([1, 2, 3, 4].map(() => call(sender.session, 'submit_sm', message())));
    await Promise.all([one.next(), two.next()]);
    for (const { session } of [sender, one, two]) session.destroy();
  });

  it.each([
    ['an unknown system_id', { system_id: 'nobody' }, 0x0f],
    ['a wrong password', { password: 'wrong' }, 0x0e],
  ])('refuses %s', async (_, fields, status) => {
    const { session, response } = await bind({ port: sms.smppPort, ...fields });
    expect(response.command_status).toBe(status);
    session.destroy();
  });

  it.each([
    ['no destination', { destination_addr: '' }, 0x0b],
    ['a bad destination', { destination_addr: 'abc' }, 0x0b],
    ['a bad schedule', { schedule_delivery_time: 'tomorrow' }, 0x61],
    ['a bad validity', { validity_period: 'soon' }, 0x62],
    ['a bad priority', { priority_flag: 9 }, 0x06],
    ['a bad registered_delivery', { registered_delivery: 0x80 }, 0x07],
    ['a bad replace flag', { replace_if_present_flag: 5 }, 0x54],
    ['a bad source TON', { source_addr_ton: 99 }, 0x48],
  ])('refuses %s', async (_, fields, status) => {
    const { session } = await bind({ port: sms.smppPort });
    expect((await call(session, 'submit_sm', message(fields))).command_status).toBe(status);
    session.destroy();
  });

  it('keeps to the rules of binding', async () => {
    const { session } = await bind({ port: sms.smppPort, command: 'bind_receiver' });
    expect((await call(session, 'submit_sm', message())).command_status).toBe(0x04);
    expect(
      (await call(session, 'bind_transceiver', { system_id: 'poligon', password: 'poligon' })).command_status,
    ).toBe(0x05);
    session.destroy();
  });

  it('throttles by rate and refuses binds beyond the limit', async () => {
    await sms.admin('PUT', 'accounts/smpp/slow', { password: 'slow', ratePerSecond: 1, burst: 2, maxBinds: 1 });
    const { session } = await bind({ port: sms.smppPort, system_id: 'slow', password: 'slow' });
    const second = await bind({ port: sms.smppPort, system_id: 'slow', password: 'slow' });
    expect(second.response.command_status).toBe(0x0d);
    const statuses = await Promise.all([1, 2, 3].map(() => call(session, 'submit_sm', message())));
    expect(statuses.map(({ command_status }) => command_status)).toEqual([0, 0, 0x58]);
    session.destroy();
    second.session.destroy();
  });

  it('answers a burst beyond the window, every PDU of it', async () => {
    const { session } = await bind({ port: sms.smppPort });
    const responses = await Promise.all(
      Array.from({ length: 3000 }, () => call(session, 'submit_sm', message({ registered_delivery: 0 }))),
    );
    expect(responses.filter(({ command_status }) => command_status === 0)).toHaveLength(3000);
    session.destroy();
  });

  it('lets the same faults strike it as every door', async () => {
    await sms.fault('error', { code: 'ESME_RMSGQFUL' }, ['smpp.submit_sm']);
    const { session } = await bind({ port: sms.smppPort });
    expect((await call(session, 'submit_sm', message())).command_status).toBe(0x14);
    const { body } = await sms.admin('GET', 'journal?operation=smpp.submit_sm');
    expect(body.entries.at(-1)).toMatchObject({
      outcome: 'fail',
      client: 'poligon',
      wire: { command: 'submit_sm', status: 0x14 },
    });
    session.destroy();
  });

  it('sends every receipt, none before the set delay is over', async () => {
    const delayMs = 150;
    await sms.admin('PUT', 'operators', { operators: [{ receiptDelay: { ms: delayMs }, handsetDelay: { ms: 0 } }] });
    const { session, delivered, next } = await bind({ port: sms.smppPort });
    const submittedMs = new Map<string, number>();
    const afterMs: number[] = [];
    const arrivedMs = new Map<string, number>();
    session.on('deliver_sm', (pdu: ClientPdu) =>
      arrivedMs.set(pdu['receipted_message_id'] as string, performance.now()),
    );
    for (let wave = 0; wave < 20; wave += 1) {
      const startedMs = performance.now();
      const responses = await Promise.all(Array.from({ length: 50 }, () => call(session, 'submit_sm', message())));
      for (const { message_id } of responses) submittedMs.set(message_id, startedMs);
    }
    while (delivered.length < 1000) await next();
    for (const [id, startedMs] of submittedMs) afterMs.push(arrivedMs.get(id)! - startedMs);
    expect(Math.min(...afterMs)).toBeGreaterThanOrEqual(delayMs - 1);
  });

  it('shows its gauges', async () => {
    await bind({ port: sms.smppPort });
    const metrics = await (await request(`${sms.emulator.adminUrl}/metrics`)).body.text();
    expect(metrics).toMatch(/^poligon_smpp_sessions 1$/m);
    expect(metrics).toMatch(/^poligon_sms_pending \d+$/m);
  });
});
