import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { parrot } from './parrot.js';

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator(parrot);
});
afterAll(() => emulator.close());

async function admin(method: 'GET' | 'PUT', path: string, body?: unknown) {
  const reply = await request(emulator.adminUrl + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: reply.statusCode, body: (await reply.body.json()) as { entries: { outcome: string }[] } };
}

describe('an operation whose controller has interceptors of its own', () => {
  const speak = async (pass: string) => {
    const reply = await request(`${emulator.protocolUrl}/guarded?pass=${pass}`);
    return { status: reply.statusCode, text: await reply.body.text() };
  };

  it('answers, and lets the interceptor answer, inside the exchange', async () => {
    expect(await speak('right')).toEqual({ status: 200, text: '{"heard":"parrot.guarded"}' });
    expect(await speak('wrong')).toEqual({ status: 422, text: 'SQUAWK mute {}' });
    const { body } = await admin('GET', '/__admin/journal?operation=parrot.guarded');
    expect(body.entries.map(({ outcome }) => outcome)).toEqual(['reply', 'fail']);
  });

  it('meets faults before the interceptor', async () => {
    await admin('PUT', '/__admin/faults/e', { fault: 'error', operations: ['parrot.*'], options: { code: 'tired' } });
    expect((await speak('wrong')).text).toBe('SQUAWK tired {}');
  });
});

describe('a call that reached no operation', () => {
  it('is journalled with the nearest known operation and the difference', async () => {
    await (await request(`${emulator.protocolUrl}/perch/sai`, { method: 'PUT' })).body.dump();
    const { body } = await admin('GET', '/__admin/journal?operation=unmatched');
    expect(body.entries).toMatchObject([
      {
        outcome: 'no-such-perch',
        wire: {
          method: 'PUT',
          url: '/perch/sai',
          status: 422,
          nearest: {
            operation: 'parrot.say',
            differences: ['method: PUT was called, known is POST', 'path: segment 2 is "sai", known is "say"'],
          },
        },
      },
    ]);
  });
});
