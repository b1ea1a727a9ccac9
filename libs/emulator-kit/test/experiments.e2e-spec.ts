import { Clock, type RunningEmulator } from '@poligon/emulator-kit';
import { FakeClock, startEmulator } from '@poligon/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { parrot } from './parrot.js';

let emulator: RunningEmulator;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock();
  emulator = await startEmulator(parrot, {}, [{ provide: Clock, useValue: clock }]);
});
afterEach(() => emulator.close());

async function admin(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) {
  const reply = await request(emulator.adminUrl + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await reply.body.text();
  return { status: reply.statusCode, body: text === '' ? undefined : JSON.parse(text) };
}

async function say(): Promise<number> {
  const reply = await request(`${emulator.protocolUrl}/perch/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"text":"x"}',
  });
  await reply.body.dump();
  return reply.statusCode;
}

const ruleIds = async () => (await admin('GET', '/__admin/faults')).body.rules.map(({ id }: { id: string }) => id);
const status = async (id: string) => (await admin('GET', `/__admin/experiments/${id}`)).body;
const mute = { id: 'm', fault: 'error', operations: ['*'], options: { code: 'mute' } };

describe('an experiment', () => {
  it('goes through its stages, leaves rules set by hand alone, and keeps verdict and timeline', async () => {
    await admin('PUT', '/__admin/faults/by-hand', { ...mute, operations: ['parrot.last'] });
    const stages = [
      { name: 'calm', durationMs: 1000 },
      { durationMs: 2000, preset: 'moody', rampMs: 500 },
      { name: 'mute', durationMs: 3000, rules: [mute] },
    ];
    const put = await admin('PUT', '/__admin/experiments/day', { stages });
    expect(put).toMatchObject({ status: 200, body: { state: 'running', stage: 'calm', round: 1 } });
    await clock.advance(1000);
    expect(await ruleIds()).toEqual(['by-hand', 'exp.day.moody']);
    expect((await admin('GET', '/__admin/faults/exp.day.moody')).body).toMatchObject({
      setBy: 'experiment day',
      ttlMs: 7000,
      schedule: { rampMs: 500 },
    });
    await clock.advance(2000);
    expect(await ruleIds()).toEqual(['by-hand', 'exp.day.m']);
    expect(await say()).toBe(422);
    await clock.advance(3000);
    expect(await ruleIds()).toEqual(['by-hand']);
    const { state, run } = await status('day');
    expect([state, run.verdict]).toEqual(['ended', 'passed']);
    expect(
      run.timeline.map((entry: Record<string, unknown>) => [entry['event'], entry['stage'], entry['elapsedMs']]),
    ).toEqual([
      ['started', 'calm', 0],
      ['stage', 'calm', 0],
      ['stage', 'moody', 1000],
      ['stage', 'mute', 3000],
      ['ended', 'mute', 6000],
    ]);
  });

  it('is halted by a broken objective and takes its rules away', async () => {
    const watch = [{ measure: 'errorShare', atMost: 0.2, minCalls: 10, operations: ['parrot.say'] }];
    await admin('PUT', '/__admin/experiments/strict', { stages: [{ durationMs: 60_000, rules: [mute] }], watch });
    await clock.advance(0);
    for (let at = 0; at < 9; at += 1) await say();
    await clock.advance(600);
    expect((await status('strict')).state).toBe('running');
    await say();
    await clock.advance(600);
    const { state, run } = await status('strict');
    expect([state, run.verdict]).toEqual(['ended', 'halted']);
    expect(run.timeline.at(-1).detail).toBe('halted: errorShare of parrot.say is 1, wanted at most 0.2');
    expect(await say()).toBe(200);
  });

  it('watches the latency of replies and the rate of calls', async () => {
    const stages = [{ durationMs: 60_000 }];
    await admin('PUT', '/__admin/experiments/quiet', {
      stages,
      watch: [{ measure: 'ratePerSecond', atLeast: 1, windowMs: 5000 }],
    });
    await admin('PUT', '/__admin/experiments/fast', { stages, watch: [{ measure: 'p95Ms', atMost: 50, minCalls: 1 }] });
    await say();
    await clock.advance(4000);
    expect([(await status('quiet')).state, (await status('fast')).state]).toEqual(['running', 'running']);
    await clock.advance(2000);
    expect([(await status('quiet')).run.verdict, (await status('fast')).state]).toEqual(['halted', 'running']);
  });

  it('watches another system through its address', async () => {
    const target = createServer((_, reply) => reply.writeHead(503).end());
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const real = await startEmulator(parrot);
    const probeUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
    const watch = [{ measure: 'errorShare', atMost: 0, minCalls: 1, probeUrl }];
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ stages: [{ durationMs: 60_000 }], watch });
    await request(`${real.adminUrl}/__admin/experiments/probe`, { method: 'PUT', headers, body });
    const read = async () =>
      (await (
        await request(`${real.adminUrl}/__admin/journal?operation=admin.experiments.ended&wait=10000`)
      ).body.json()) as {
        entries: { outcome: string }[];
      };
    expect((await read()).entries).toMatchObject([{ outcome: 'halted' }]);
    await real.close();
    target.close();
  });

  it('loops, waits, comes by the clock, and stops when told', async () => {
    await admin('PUT', '/__admin/experiments/twice', { stages: [{ durationMs: 100 }, { durationMs: 100 }], loop: 2 });
    await admin('PUT', '/__admin/experiments/later', {
      stages: [{ durationMs: 100, rules: [mute] }],
      startAfterMs: 5000,
    });
    await admin('PUT', '/__admin/experiments/hourly', {
      stages: [{ durationMs: 60_000, rules: [mute] }],
      cron: '30 * * * *',
    });
    await clock.advance(250);
    expect(await status('twice')).toMatchObject({ state: 'running', round: 2 });
    await clock.advance(150);
    expect((await status('twice')).run.verdict).toBe('passed');
    expect(await status('later')).toMatchObject({ state: 'waiting', startsAt: '2026-01-15T09:00:05.000Z' });
    expect((await status('hourly')).startsAt).toMatch(/:30:00\.000Z$/);
    await clock.advance(30 * 60_000);
    expect(await ruleIds()).toEqual(['exp.hourly.m']);
    const stopped = await admin('POST', '/__admin/experiments/hourly/stop');
    expect(stopped.body).toMatchObject({ state: 'ended', run: { verdict: 'stopped' } });
    expect(await ruleIds()).toEqual([]);
    expect((await admin('DELETE', '/__admin/experiments/hourly')).body).toMatchObject({
      history: [{ verdict: 'stopped' }],
    });
    expect((await admin('GET', '/__admin/experiments/hourly')).status).toBe(404);
  });

  it('is stopped before another one of its id starts, and by a reset', async () => {
    const stages = [{ durationMs: 60_000, rules: [mute] }];
    await admin('PUT', '/__admin/experiments/again', { stages });
    await admin('PUT', '/__admin/experiments/again', { stages });
    expect(await status('again')).toMatchObject({ state: 'running', history: [{ verdict: 'stopped' }] });
    await admin('POST', '/__admin/reset');
    expect((await admin('GET', '/__admin/experiments')).body).toEqual({ experiments: [] });
    expect(await ruleIds()).toEqual([]);
  });

  it.each([
    ['no stages', { stages: [] }, /^stages: must have at least one stage$/],
    [
      'an unknown preset',
      { stages: [{ durationMs: 1, preset: 'no' }] },
      /^stages\.0\.preset: unknown "no", known are moody$/,
    ],
    [
      'an unknown fault',
      { stages: [{ durationMs: 1 }, { durationMs: 1, rules: [{ ...mute, fault: 'x' }] }] },
      /^stages\.1\.fault: unknown "x"/,
    ],
    ['a bad cron', { stages: [{ durationMs: 1 }], cron: 'often' }, /^cron: must be a cron expression$/],
    [
      'a measure without a limit',
      { stages: [{ durationMs: 1 }], watch: [{ measure: 'p95Ms' }] },
      /^watch\.0: give atMost or atLeast$/,
    ],
    [
      'both kinds of rules',
      { stages: [{ durationMs: 1, preset: 'moody', rules: [] }] },
      /^stages\.0: give preset or rules/,
    ],
  ])('is refused with %s', async (_, body, message) => {
    const reply = await admin('PUT', '/__admin/experiments/bad', body);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatch(message);
  });
});

describe('experiments and rules of the configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'poligon-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('are set at start', async () => {
    const started = await startEmulator(parrot, {
      PARROT_RULES: file(
        'rules.yaml',
        'rules:\n  - { id: slow, fault: latency, operations: ["*"], options: { ms: 1 } }\n',
      ),
      PARROT_EXPERIMENTS: file('night.yaml', 'id: night\nstages: [{ durationMs: 60000, preset: moody }]\n'),
    });
    const reply = await request(`${started.adminUrl}/__admin/faults`);
    expect(((await reply.body.json()) as { rules: object[] }).rules).toMatchObject([
      { id: 'exp.night.moody' },
      { id: 'slow' },
    ]);
    await started.close();
  });

  it.each([
    ['PARROT_RULES', file('bad.yaml', '- { id: x, fault: nope, operations: ["*"] }'), /^rules, fault: unknown "nope"/],
    ['PARROT_EXPERIMENTS', file('bad-experiment.yaml', 'id: x\nstages: []'), /bad-experiment\.yaml: stages: must have/],
    ['PARROT_EXPERIMENTS', 'no-such-file.yaml', /^no-such-file\.yaml: ENOENT/],
  ])('stop the start when %s is wrong', async (variable, value, message) => {
    await expect(startEmulator(parrot, { [variable]: value })).rejects.toThrow(message);
  });
});
