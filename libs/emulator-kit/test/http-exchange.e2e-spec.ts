import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { parrot } from './parrot.js';

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator(parrot, { PARROT_MAX_BODY_BYTES: '2048' });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await admin('POST', '/__admin/reset');
});

async function admin(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) {
  const reply = await request(emulator.adminUrl + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await reply.body.text();
  return { status: reply.statusCode, body: text === '' ? undefined : JSON.parse(text) };
}

async function say(text: string, who = 'person:1') {
  const startedMs = performance.now();
  const reply = await request(`${emulator.protocolUrl}/perch/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-owner': 'flint' },
    body: JSON.stringify({ text, who }),
  });
  return { status: reply.statusCode, text: await reply.body.text(), ms: performance.now() - startedMs };
}

const rule = (fault: string, options: unknown, more: object = {}) => ({
  fault,
  operations: ['parrot.*'],
  options,
  ...more,
});

describe('an HTTP exchange', () => {
  it('answers what the controller returned and journals both sides', async () => {
    expect(await say('hello')).toMatchObject({ status: 200, text: '{"said":"hello"}' });
    const { body } = await admin('GET', '/__admin/journal?operation=parrot.say');
    expect(body.entries).toMatchObject([
      {
        operation: 'parrot.say',
        subject: 'person:1',
        client: 'flint',
        outcome: 'reply',
        wire: { status: 200, reply: '{"said":"hello"}' },
      },
    ]);
  });

  it('keeps out of the journal what the operation names a secret', async () => {
    const headers = { 'content-type': 'application/json' };
    const reply = await request(`${emulator.protocolUrl}/perch/secret`, {
      method: 'POST',
      headers,
      body: '{"pin":"7531"}',
    });
    await reply.body.dump();
    const { body } = await admin('GET', '/__admin/journal?operation=parrot.secret');
    expect(body.entries).toMatchObject([{ wire: { body: '(not kept)' } }]);
  });

  it.each([
    ['a domain error', { text: 'hush' }, 422, 'SQUAWK mute {"word":"hush"}'],
    ['an unexpected failure', { text: 'crash' }, 422, 'SQUAWK feather-jam {}'],
  ])("answers %s in the protocol's own words", async (_, body, status, text) => {
    expect(await say(body.text)).toMatchObject({ status, text });
  });

  it.each([
    ['malformed JSON', 'POST', '/perch/say', '{"text":', 'SQUAWK unknown-word'],
    ['an oversized body', 'POST', '/perch/say', `{"text":"${'x'.repeat(3000)}"}`, 'SQUAWK overfed'],
    ['an unknown path', 'GET', '/nowhere', null, 'SQUAWK no-such-perch'],
    ['the admin path', 'GET', '/__admin/faults', null, 'SQUAWK no-such-perch'],
    ['a wrong method', 'DELETE', '/perch/say', null, 'SQUAWK wrong-call'],
  ])("answers %s in the protocol's own words and lives on", async (_, method, path, body, start) => {
    const reply = await request(emulator.protocolUrl + path, {
      method: method as 'POST',
      headers: body === null ? {} : { 'content-type': 'application/json' },
      body,
    });
    expect(await reply.body.text()).toContain(start);
    expect((await say('still here')).status).toBe(200);
  });
});

describe('faults on an HTTP exchange', () => {
  it('delays the reply by a latency set through the admin door and counts the hit', async () => {
    await admin('PUT', '/__admin/faults/slow', rule('latency', { ms: 120 }));
    expect((await say('slowly')).ms).toBeGreaterThanOrEqual(119);
    const { body } = await admin('GET', '/__admin/faults');
    expect(body.rules).toMatchObject([{ id: 'slow', hits: 1, options: { distribution: 'fixed', ms: 120 } }]);
    const journal = await admin('GET', '/__admin/journal?operation=parrot.say');
    expect(journal.body.entries[0]).toMatchObject({ injectedMs: 120, rules: [{ id: 'slow', fault: 'latency' }] });
  });

  it('answers with a catalogue error instead of the domain', async () => {
    await admin('PUT', '/__admin/faults/e', rule('error', { code: 'tired' }));
    expect(await say('anyone')).toMatchObject({ status: 503, text: 'SQUAWK tired {}' });
  });

  it('answers with a bare status', async () => {
    await admin('PUT', '/__admin/faults/s', rule('status', { status: 502 }));
    expect(await say('anyone')).toMatchObject({ status: 502, text: '' });
  });

  it('resets the connection', async () => {
    await admin('PUT', '/__admin/faults/r', rule('reset', {}));
    await expect(say('anyone')).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) });
  });

  it('never replies, yet processes when told to', async () => {
    await admin('PUT', '/__admin/faults/n', rule('no-reply', { afterProcessing: true }));
    const call = request(`${emulator.protocolUrl}/perch/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"lost"}',
      signal: AbortSignal.timeout(300),
    });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
    const { body } = await admin('GET', '/__admin/journal?operation=parrot.say');
    expect(body.entries[0]).toMatchObject({ outcome: 'drop' });
  });

  it('strikes the same persons every time when given a percentage', async () => {
    await admin('PUT', '/__admin/faults/p', rule('error', { code: 'mute' }, { match: { subject: { percent: 50 } } }));
    const struck = async () => {
      const statuses: number[] = [];
      for (let index = 0; index < 40; index += 1) statuses.push((await say('x', `person:${index}`)).status);
      return statuses;
    };
    const first = await struck();
    expect(new Set(first)).toEqual(new Set([200, 422]));
    expect(await struck()).toEqual(first);
  });

  it('applies a preset and replays the same decisions after it is set anew', async () => {
    const run = async () => {
      await admin('POST', '/__admin/presets/moody');
      const statuses: number[] = [];
      for (let index = 0; index < 20; index += 1) statuses.push((await say('x')).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 422]));
    expect(await run()).toEqual(first);
  });
});

describe('the admin door', () => {
  it.each([
    [
      'an unknown fault',
      'PUT',
      '/__admin/faults/x',
      rule('earthquake', {}),
      400,
      /fault: unknown "earthquake", known are concurrency-limit, duplicate,/,
    ],
    ['a bad option', 'PUT', '/__admin/faults/x', rule('status', { status: 'high' }), 400, /^options\.status: /],
    [
      'an unknown error name',
      'PUT',
      '/__admin/faults/x',
      rule('error', { code: 'nope' }),
      400,
      /options\.code: unknown error "nope", known are parrot: tired/,
    ],
    [
      'a bad probability',
      'PUT',
      '/__admin/faults/x',
      rule('reset', {}, { probability: 2 }),
      400,
      /^probability: must be 0\.\.1$/,
    ],
    ['an unknown rule', 'DELETE', '/__admin/faults/none', undefined, 404, /^no rule "none"$/],
    ['an unknown preset', 'POST', '/__admin/presets/none', undefined, 404, /^no preset "none", known are moody$/],
    ['an unknown path', 'GET', '/__admin/nowhere', undefined, 404, /^unknown path/],
    [
      'a wrong method',
      'DELETE',
      '/__admin/operations',
      undefined,
      405,
      /^method DELETE not allowed on \/__admin\/operations, allowed are GET/,
    ],
    ['a bad wait', 'GET', '/__admin/journal?wait=soon', undefined, 400, /^wait: /],
  ])('answers %s with one precise line', async (_, method, path, body, status, message) => {
    const reply = await admin(method as 'PUT', path, body);
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatch(message);
    expect(reply.body.error).not.toContain('\n');
  });

  it('describes itself', async () => {
    const { body } = await admin('GET', '/__admin/openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/__admin/faults/{id}', '/__admin/journal', '/healthz']),
    );
  });

  it('lists operations, fault kinds with their schemas, health and metrics', async () => {
    expect((await admin('GET', '/__admin/operations')).body.operations).toEqual([
      { operation: 'parrot.guarded', about: 'speaks to friends' },
      { operation: 'parrot.last', about: 'repeats the last word' },
      { operation: 'parrot.letter', about: 'takes a letter' },
      { operation: 'parrot.say', about: 'repeats' },
      { operation: 'parrot.secret', about: 'keeps a secret' },
    ]);
    const types = (await admin('GET', '/__admin/faults/types')).body.types;
    expect(types.map(({ name }: { name: string }) => name).join(' ')).toBe(
      'concurrency-limit duplicate empty-reply error garbage latency no-reply rate-limit reset slow-body status truncate',
    );
    expect((await admin('GET', '/healthz')).status).toBe(200);
    expect((await admin('GET', '/readyz')).status).toBe(200);
    await say('count me');
    const metrics = await request(`${emulator.adminUrl}/metrics`);
    expect(await metrics.body.text()).toMatch(/poligon_exchanges_total\{operation="parrot.say",outcome="reply"\} \d+/);
  });

  it('holds a journal read until an exchange comes', async () => {
    const { body: before } = await admin('GET', '/__admin/journal');
    const waiting = admin('GET', `/__admin/journal?operation=parrot.say&since=${before.last}&wait=5000`);
    await say('now');
    expect((await waiting).body.entries).toHaveLength(1);
  });
});

describe('an admin door with a token', () => {
  it('refuses calls without it and still answers probes', async () => {
    const guarded = await startEmulator(parrot, { ADMIN_TOKEN: 'secret-for-test' });
    const status = async (path: string, token?: string) =>
      (
        await request(guarded.adminUrl + path, {
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        })
      ).statusCode;
    expect(await status('/__admin/faults')).toBe(401);
    expect(await status('/__admin/faults', 'wrong')).toBe(401);
    expect(await status('/__admin/faults', 'secret-for-test')).toBe(200);
    expect(await status('/healthz')).toBe(200);
    await guarded.close();
  });

  it('must have one off loopback', async () => {
    await expect(startEmulator(parrot, { PARROT_ADMIN_HOST: '0.0.0.0' })).rejects.toThrow(/^ADMIN_TOKEN: required/);
  });

  it('names every bad setting at start', async () => {
    await expect(startEmulator(parrot, { PARROT_MAX_BODY_BYTES: 'lots', LOG_LEVEL: 'loud' })).rejects.toThrow(
      'LOG_LEVEL: must be one of trace, debug, info, warn, error, silent, got "loud"\nPARROT_MAX_BODY_BYTES: must be a whole number 1024..1073741824, got "lots"',
    );
  });
});
