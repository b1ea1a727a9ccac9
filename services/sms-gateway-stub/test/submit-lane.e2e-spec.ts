import { bind, call, dropAll, type ClientPdu } from './smpp-client.js';
import { phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms();
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

/** What differs between two sends of the same message. */
const withoutIdentity = (text: string): string =>
  text
    .replace(/id:\d+/, 'id:N')
    .replace(/date:\d{10}/g, 'date:D')
    .replace(/"(seq|id|at|sequence)":"?[^,"]*/g, '"$1":N');

const shownPdu = ({ sequence_number, message_id, receipted_message_id, ...rest }: ClientPdu): string => {
  void [sequence_number, message_id, receipted_message_id];
  return withoutIdentity(JSON.stringify(rest));
};

async function sent(message: object): Promise<object> {
  const { session, next } = await bind({ port: sms.smppPort });
  const response = await call(session, 'submit_sm', message);
  const receipt = await next();
  const text = await sms.inbox({});
  session.destroy();
  return { response: shownPdu(response), receipt: shownPdu(receipt), text: { ...text, seq: 0, id: 0, receivedAt: '' } };
}

describe('a submit and its receipt are the same whether or not a rule touches them', () => {
  const message = { source_addr: 'HRLink', source_addr_ton: 5, destination_addr: phone, registered_delivery: 1 };

  it.each([
    ['a plain text', { short_message: 'Code: 1234' }],
    ['signs of the extension table', { short_message: Buffer.from([0x1b, 0x65, 0x31, 0x32, 0x33, 0x34]) }],
    ['Cyrillic', { short_message: 'Код: 4821', data_coding: 8 }],
    ['Latin-1', { short_message: Buffer.from('Café 1234', 'latin1'), data_coding: 3 }],
    ['an empty text', { short_message: '' }],
    ['a number with a plus', { short_message: 'Code: 1234', destination_addr: `+${phone}`, dest_addr_ton: 1 }],
    ['a service type and a priority', { short_message: 'Code: 1234', service_type: 'CMT', priority_flag: 3 }],
  ])('%s', async (_, fields) => {
    const plain = await sent({ ...message, ...fields });
    await sms.reset();
    await sms.fault('sms-late', { delayMs: 1 }, ['smpp.submit_sm']);
    await sms.fault('dlr-delayed', { delayMs: 1 }, ['smpp.deliver_sm']);
    expect(await sent({ ...message, ...fields })).toEqual(plain);
  });
});

it('an undelivered message is reported with its error the same way', async () => {
  const { status } = await sms.admin('PUT', 'operators', {
    operators: [{ deliveredShare: 0, failures: [{ state: 'undeliverable', error: 13, weight: 1 }] }],
  });
  expect(status).toBe(200);
  const { session, next } = await bind({ port: sms.smppPort });
  await call(session, 'submit_sm', { destination_addr: phone, registered_delivery: 1, short_message: 'x' });
  const receipt = await next();
  expect(receipt.short_message.message).toMatch(/stat:UNDELIV err:013 text:x$/);
  expect(receipt).toMatchObject({ message_state: 5, network_error_code: Buffer.from([3, 0, 13]) });
});

describe('what is told of a submit is the same whether or not a rule is meant for it', () => {
  const message = { source_addr: 'HRLink', destination_addr: phone, registered_delivery: 1, short_message: 'Code: 1' };
  const counts = async (operation: string): Promise<number[]> => {
    const text = await (await fetch(`${sms.emulator.adminUrl}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.includes(`"${operation}"`));
    const sum = (name: string) =>
      lines.filter((line) => line.startsWith(name)).reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    return ['poligon_exchanges_total{', 'poligon_exchange_duration_seconds_count{'].map(sum);
  };
  const told = async (fields: object): Promise<object> => {
    const before = [await counts('smpp.submit_sm'), await counts('smpp.deliver_sm')];
    const { session, next } = await bind({ port: sms.smppPort });
    const { command_status } = await call(session, 'submit_sm', { ...message, ...fields });
    if (command_status === 0) await next();
    session.destroy();
    const { body } = await sms.admin('GET', 'journal?operation=smpp.submit_sm&limit=1000');
    const { actualMs, ...entry } = (body.entries as { actualMs: number; wire: { session: number; pdu: string } }[]).at(
      -1,
    )!;
    expect(actualMs).toBeGreaterThanOrEqual(0);
    const after = [await counts('smpp.submit_sm'), await counts('smpp.deliver_sm')];
    return {
      command_status,
      entry: withoutIdentity(
        JSON.stringify({ ...entry, wire: { ...entry.wire, session: 0, pdu: entry.wire.pdu.length } }),
      ),
      counted: after.map((counted, at) => counted.map((value, which) => value - before[at]![which]!)),
    };
  };

  it.each([
    [
      'an accepted one',
      {},
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'one to a number of the stop list',
      { destination_addr: '79430001313' },
      [
        [1, 1],
        [0, 0],
      ],
    ],
  ])('%s', async (_, fields, counted) => {
    const stopList = { stopList: { '79430001313': 'asked not to be written to' } };
    const account = await sms.admin('PUT', 'accounts/smpp/poligon', stopList);
    expect([account.status, account.body]).toEqual([200, expect.objectContaining({ login: 'poligon' })]);
    const plain = await told(fields);
    expect(plain).toMatchObject({ counted });
    for (const operation of ['smpp.submit_sm', 'smpp.deliver_sm']) {
      const rule = { fault: 'latency', operations: [operation], probability: 0, options: { ms: 1 } };
      expect((await sms.admin('PUT', `faults/never-${operation}`, rule)).status).toBeLessThan(300);
    }
    expect(await told(fields)).toEqual(plain);
  });
});
