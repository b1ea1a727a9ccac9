import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otherPhone, phone, startSms } from './sms-stand.js';
import { request } from 'undici';

const FOLDER = mkdtempSync(join(tmpdir(), 'poligon-sms-'));
const start = (delayMs: number) =>
  startSms({
    STATE_FOLDER: FOLDER,
    SMS_HANDSET_DELAY: `{"ms":${delayMs}}`,
    SMS_RECEIPT_DELAY_MS: String(delayMs + 20),
  });
const send = async (protocolUrl: string, to: string, text: string) => {
  const query = new URLSearchParams({
    login: 'poligon',
    psw: 'poligon',
    phones: to,
    mes: text,
    fmt: '3',
    charset: 'utf-8',
  });
  const reply = await request(`${protocolUrl}/sys/send.php?${query.toString()}`);
  return (await reply.body.json()) as { id: number };
};

describe('a gateway that is started again', () => {
  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('knows its messages, texts, rules and clock, and carries on what was under way', async () => {
    const before = await start(10);
    const first = await send(before.emulator.protocolUrl, phone, 'Код: 1234');
    expect(await before.inbox({ phone, timeoutMs: '5000' })).toMatchObject({ code: '1234' });
    await before.fault('latency', { ms: 1 }, ['smsc.nothing']);
    await before.admin('PUT', 'clock', { shiftMs: 5000 });
    await before.admin('PUT', 'latency', { name: 'slower', operations: {} });
    await before.emulator.close();

    const slow = await start(60_000);
    await send(slow.emulator.protocolUrl, otherPhone, 'Код: 5678');
    expect((await slow.admin('GET', 'messages')).body.messages).toMatchObject([
      { phone: otherPhone, state: 'sent' },
      { phone, text: 'Код: 1234' },
    ]);
    expect(await slow.inbox({ phone: otherPhone, timeoutMs: '0' })).toBeUndefined();
    await slow.emulator.close();

    const after = await start(10);
    await after.admin('PUT', 'clock', { shiftMs: 120_000 });
    await after.emulator.close();
    const last = await start(10);
    expect(await last.inbox({ phone: otherPhone, timeoutMs: '5000' })).toMatchObject({ code: '5678' });
    expect(await last.inbox({ phone, timeoutMs: '0' })).toMatchObject({ code: '1234', seq: 1 });
    expect((await last.admin('GET', 'faults')).body.rules).toHaveLength(1);
    expect((await last.admin('GET', 'clock')).body.shiftMs).toBe(120_000);
    const third = await send(last.emulator.protocolUrl, phone, 'Код: 9999');
    expect(third.id).toBeGreaterThan(first.id);
    await last.reset();
    expect((await last.admin('GET', 'messages')).body.messages).toEqual([]);
    expect(await last.inbox({ phone, timeoutMs: '0' })).toBeUndefined();
    await last.emulator.close();
  }, 120_000);
});
