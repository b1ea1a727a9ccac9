import { packedSeptets } from '../src/domain/gsm-packing.js';
import { bind, call, dropAll } from './smpp-client.js';
import { otherPhone, phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms({
    SMS_SMPP_GSM_PACKED: 'true',
    SMS_SMPP_LISTS: JSON.stringify({ staff: [phone, otherPhone, '112'] }),
  });
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

describe('packed septets of the default alphabet', () => {
  const submit = { source_addr: 'HRLink', destination_addr: phone, registered_delivery: 1, data_coding: 0 };
  const text = Buffer.from('Your code: 123456');

  it.each([
    ['alone', { short_message: packedSeptets(text) }],
    [
      'after a user data header',
      { esm_class: 0x40, short_message: Buffer.concat([Buffer.of(2, 9, 0), packedSeptets(text, 4)]) },
    ],
  ])('are read %s; the receipt is not packed', async (_, fields) => {
    const { session, next } = await bind({ port: sms.smppPort });
    expect((await call(session, 'submit_sm', { ...submit, ...fields })).command_status).toBe(0);
    expect(await sms.inbox({})).toMatchObject({ text: 'Your code: 123456', code: '123456' });
    expect((await next()).short_message.message).toMatch(/stat:DELIVRD err:000 text:Your code: 123456$/);
    session.destroy();
  });

  it('do not concern other codings', async () => {
    const { session } = await bind({ port: sms.smppPort });
    await call(session, 'submit_sm', { ...submit, data_coding: 8, short_message: 'Код: 4821' });
    expect((await sms.inbox({}))?.text).toBe('Код: 4821');
    session.destroy();
  });
});

it('submit_multi reaches every member of a distribution list; members that cannot be written to are reported', async () => {
  const { session } = await bind({ port: sms.smppPort });
  const multi = await call(session, 'submit_multi', {
    source_addr: 'HRLink',
    dest_address: [{ dl_name: 'staff' }, { dl_name: 'nobody' }],
    short_message: 'Код: 2222',
    data_coding: 8,
  });
  expect(multi).toMatchObject({
    command_status: 0,
    unsuccess_sme: [
      { destination_addr: '112', error_status_code: 0x0b },
      { destination_addr: 'nobody', error_status_code: 0x34 },
    ],
  });
  for (const member of [phone, otherPhone]) expect((await sms.inbox({ phone: member }))?.code).toBe('2222');
  session.destroy();
});
