import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { get, type IncomingMessage } from 'node:http';
import { request } from 'undici';
import { parrot } from './parrot.js';

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator(parrot, { PARROT_JOURNAL_ENTRIES: '50' });
});
afterAll(() => emulator.close());

function open(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(emulator.adminUrl + path, { headers }, resolve).on('error', reject));
}

async function until(stream: IncomingMessage, holds: (text: string) => boolean): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (holds(text)) break;
  }
  stream.destroy();
  return text;
}

const say = async (text: string) => {
  const reply = await request(`${emulator.protocolUrl}/perch/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  await reply.body.dump();
};

describe('the journal stream', () => {
  it('sends matching exchanges as they come', async () => {
    const stream = await open('/__admin/journal/stream?operation=parrot.say');
    expect(stream.headers['content-type']).toBe('text/event-stream');
    const seen = until(stream, (text) => text.includes('"said\\\\":\\\\"two') || text.includes('two'));
    await say('one');
    await say('two');
    const text = await seen;
    expect(text.indexOf('one')).toBeLessThan(text.indexOf('two'));
  });

  it('goes on after the last event a reader saw and tells what was lost', async () => {
    for (let at = 0; at < 120; at += 1) await say(`number ${at}`);
    const text = await until(await open('/__admin/journal/stream', { 'last-event-id': '2' }), (seen) =>
      seen.includes('number 119'),
    );
    expect(text).toMatch(/event: gap\ndata: \{"lost":\d+\}/);
    expect(text.match(/^id: /gm)).toHaveLength(50);
  });

  it('refuses a bad position in one line', async () => {
    const reply = await request(`${emulator.adminUrl}/__admin/journal/stream?since=x`);
    expect(reply.statusCode).toBe(400);
    expect(((await reply.body.json()) as { error: string }).error).toMatch(/^since: /);
  });
});
