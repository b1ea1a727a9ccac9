import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { parrot } from './parrot.js';

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator(parrot);
});
afterAll(() => emulator.close());

async function put(path: string, body: string) {
  const reply = await request(emulator.adminUrl + path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: reply.statusCode, body: (await reply.body.json()) as { error: string } };
}

async function ids(): Promise<string[]> {
  const { rules } = (await (await request(`${emulator.adminUrl}/__admin/faults`)).body.json()) as {
    rules: { id: string }[];
  };
  return rules.map(({ id }) => id);
}

const rule = (more: object) => ({ id: 'bad', fault: 'latency', operations: ['*'], options: { ms: 1 }, ...more });
const where = (regex: string) => rule({ match: { where: [{ path: 'text', regex }] } });
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('rules that must not be set', () => {
  beforeAll(async () => {
    await put('/__admin/faults', JSON.stringify({ rules: [rule({ id: 'kept-1' }), rule({ id: 'kept-2' })] }));
  });

  const refused: [string, object | string, number, RegExp][] = [
    ['an unknown fault', rule({ fault: 'earthquake' }), 400, /fault: unknown "earthquake", known are/],
    ['a wrong type', rule({ probability: 'often' }), 400, /probability: /],
    ['a negative time', rule({ options: { ms: -5 } }), 400, /options\.ms: must be 0 or more$/],
    ['a negative schedule', rule({ schedule: { forMs: -1 } }), 400, /schedule\.forMs: must be 0 or more$/],
    ['an unknown option', rule({ options: { ms: 1, seconds: 3 } }), 400, /options: Unrecognized key: "seconds"$/],
    ['an unknown distribution', rule({ options: { distribution: 'weird' } }), 400, /options\.distribution: /],
    ['a catastrophic regex', where('(a+)+$'), 400, /match\.where\.0\.regex: a repeated group must not/],
    ['another catastrophic regex', where('(.*)(.*)(.*)(.*)x'), 400, /match\.where\.0\.regex: too many repetitions/],
    ['no regex at all', where('('), 400, /match\.where\.0\.regex: must be a valid regular expression$/],
    ['a megabyte of note', rule({ note: 'x'.repeat(1_000_000) }), 413, /^body: too large/],
    ['a long note', rule({ note: 'x'.repeat(2000) }), 400, /note: /],
    [
      'deep options',
      `{"id":"bad","fault":"error","operations":["*"],"options":${nested(5000)}}`,
      400,
      /options: must be/,
    ],
    ['malformed JSON', '{"id":', 400, /^body: /],
    ['no JSON object', '[]', 400, /./],
    ['nothing', '', 400, /./],
  ];

  it.each(refused)(
    'refuses %s as one rule and as a part of a list, keeping what was set',
    async (_, bad, status, message) => {
      const text = typeof bad === 'string' ? bad : JSON.stringify(bad);
      const one = await put('/__admin/faults/bad', text);
      expect(one.body.error).toMatch(message);
      expect(one.status).toBe(status);
      const list = await put('/__admin/faults', `{"rules":[${JSON.stringify(rule({ id: 'good' }))},${text}]}`);
      expect(list.status).toBe(status);
      expect(await ids()).toEqual(['kept-1', 'kept-2']);
    },
  );

  it('refuses ten thousand rules for their number', async () => {
    const rules = Array.from({ length: 10_000 }, (_, at) => ({ id: `r${at}`, fault: 'latency', operations: ['*'] }));
    expect(await put('/__admin/faults', JSON.stringify({ rules }))).toEqual({
      status: 400,
      body: { error: 'rules: must be at most 1000 rules' },
    });
    expect(await ids()).toEqual(['kept-1', 'kept-2']);
  });

  it('names the rule of a list that breaks a rule, and one that is there twice', async () => {
    const bad = [rule({ id: 'a' }), rule({ id: 'b', options: { ms: 'slow' } })];
    expect((await put('/__admin/faults', JSON.stringify({ rules: bad }))).body.error).toMatch(
      /^rules\.1 \(b\): options\.ms: /,
    );
    const twice = [rule({ id: 'a' }), rule({ id: 'a' })];
    expect((await put('/__admin/faults', JSON.stringify({ rules: twice }))).body.error).toBe(
      'rules.1 (a): id: used twice',
    );
    expect(await ids()).toEqual(['kept-1', 'kept-2']);
  });

  it('refuses one rule more than it can keep, and makes room for it from expired ones', async () => {
    const rules = Array.from({ length: 1000 }, (_, at) => rule({ id: `r${at}`, ...(at < 5 ? { ttlMs: 0 } : {}) }));
    await put('/__admin/faults', JSON.stringify({ rules }));
    expect((await put('/__admin/faults/one-more', JSON.stringify(rule({})))).status).toBe(200);
    expect((await ids()).length).toBe(996);
    for (const id of ['a', 'b', 'c', 'd']) await put(`/__admin/faults/${id}`, JSON.stringify(rule({})));
    expect((await put('/__admin/faults/too-many', JSON.stringify(rule({})))).body.error).toBe(
      'rules: at most 1000 at a time, 1000 are set',
    );
    await put('/__admin/faults', '{"rules":[]}');
  });
});

describe('the token of the admin door', () => {
  it.each([
    '//__admin/faults',
    '/%5f_admin/faults',
    '/__admin//faults/',
    '/x/../__admin/faults',
    '/healthz/../__admin/faults',
  ])('is asked for on %s', async (path) => {
    const guarded = await startEmulator(parrot, { ADMIN_TOKEN: 'secret-for-test' });
    const { hostname, port } = new URL(guarded.adminUrl);
    const reply = await request({ protocol: 'http:', hostname, port, path } as never, { method: 'GET' });
    expect([401, 404]).toContain(reply.statusCode);
    await reply.body.dump();
    await guarded.close();
  });
});

describe('an admin door without a token', () => {
  const ask = async (headers: Record<string, string>) => {
    const reply = await request(`${emulator.adminUrl}/__admin/faults`, { headers });
    await reply.body.dump();
    return reply.statusCode;
  };

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://stranger.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1.stranger.example' },
  ])('is closed to a page of a stranger in a browser of this machine: %j', async (headers) => {
    expect(await ask(headers)).toBe(403);
  });

  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'http://localhost:3000' },
    { origin: 'http://[::1]:1' },
  ])('is open to this machine: %j', async (headers) => {
    expect(await ask(headers)).toBe(200);
  });
});

describe('hostile calls at the protocol door', () => {
  const say = async (body: string) => {
    const reply = await request(`${emulator.protocolUrl}/perch/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await reply.body.dump();
    return reply.statusCode;
  };

  it('survives deep JSON and bounds what it keeps of a person and a body', async () => {
    expect(await say(`{"text":"x","more":${nested(50_000)}}`)).toBe(200);
    expect(await say(`{"text":${nested(50_000)}}`)).toBe(422);
    expect(await say(JSON.stringify({ text: 'x'.repeat(100_000), who: 'y'.repeat(100_000) }))).toBe(200);
    const reply = await request(`${emulator.adminUrl}/__admin/journal?operation=parrot.say`);
    const { entries } = (await reply.body.json()) as { entries: { subject: string; wire: { body: string } }[] };
    expect(entries.at(-1)!.subject).toHaveLength(200);
    expect(entries.at(-1)!.wire.body.length).toBeLessThan(5000);
  });
});
