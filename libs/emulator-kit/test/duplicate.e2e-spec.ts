import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { parrot, ParrotController } from './parrot.js';

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator(parrot);
});
afterAll(() => emulator.close());

async function set(options: object): Promise<void> {
  const body = JSON.stringify({ rules: [{ id: 'again', fault: 'duplicate', operations: ['*'], options }] });
  const headers = { 'content-type': 'application/json' };
  const reply = await request(`${emulator.adminUrl}/__admin/faults`, { method: 'PUT', headers, body });
  await reply.body.dump();
}

async function say(text: string) {
  const reply = await request(`${emulator.protocolUrl}/perch/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return { status: reply.statusCode, text: await reply.body.text() };
}

describe('a duplicated call', () => {
  const said = () => emulator.app.get(ParrotController).said.length;

  it('is answered before it is handled again', async () => {
    await set({ times: 3, reply: 'first', gapMs: 60_000 });
    const before = said();
    expect((await say('one')).status).toBe(200);
    expect(said()).toBe(before + 1);
  });

  it('is handled as often as told', async () => {
    await set({ times: 3, reply: 'first', gapMs: 1 });
    const before = said();
    expect((await say('one')).status).toBe(200);
    // The last copy is the event that ends the test.
    while (said() < before + 3) await new Promise((resolve) => setImmediate(resolve));
  });

  it('or the caller waits for the last answer', async () => {
    await set({ times: 3, reply: 'last', gapMs: 5 });
    const before = said();
    expect((await say('two')).status).toBe(200);
    expect(said()).toBe(before + 3);
  });

  it.each(['first', 'last'])('answers the error of the domain when the %s handling counts', async (reply) => {
    await set({ reply });
    expect(await say('hush')).toEqual({ status: 422, text: 'SQUAWK mute {"word":"hush"}' });
  });
});
