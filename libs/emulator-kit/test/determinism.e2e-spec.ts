import {
  Bus,
  CallCounter,
  FaultRuleStore,
  MemoryCallCounter,
  type Logger,
  type RunningEmulator,
} from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { InProcessBus } from '../src/bus/in-process-bus.js';
import { MemoryFaultRuleStore } from '../src/state/memory-fault-rule.store.js';
import { parrot } from './parrot.js';

/** A counter in another process: answers later, in no particular order of callers. */
class DistantCounter extends CallCounter {
  private readonly counter = new MemoryCallCounter();

  async next(scope: string, key: string): Promise<number> {
    const number = this.counter.next(scope, key);
    for (let turns = number % 3; turns >= 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    return number;
  }

  keepOnly(scopes: ReadonlySet<string>): void {
    this.counter.keepOnly(scopes);
  }

  clear(): void {
    this.counter.clear();
  }
}

const RULES = [
  {
    id: 'flaky',
    fault: 'error',
    operations: ['parrot.say', 'parrot.letter'],
    probability: 0.3,
    options: { code: 'mute' },
  },
  { id: 'tired', fault: 'error', operations: ['parrot.say'], probability: 0.2, options: { code: 'tired' } },
  {
    id: 'slow',
    fault: 'latency',
    operations: ['*'],
    probability: 0.5,
    options: { distribution: 'uniform', minMs: 1, maxMs: 9 },
  },
];
const PEOPLE = Array.from({ length: 12 }, (_, at) => `person:${at}`);
const CALLS = 15;

const replicas: RunningEmulator[] = [];
const single: RunningEmulator[] = [];

beforeAll(async () => {
  const override = [
    { provide: CallCounter, useValue: new DistantCounter() },
    { provide: FaultRuleStore, useValue: new MemoryFaultRuleStore() },
    { provide: Bus, useValue: new InProcessBus({ error: () => undefined } as unknown as Logger) },
  ];
  for (let at = 0; at < 3; at += 1) replicas.push(await startEmulator(parrot, { SEED: 'replay' }, override));
  single.push(await startEmulator(parrot, { SEED: 'replay' }));
});
afterAll(() => Promise.all([...replicas, ...single].map((emulator) => emulator.close())));

/** Sets the rules anew at one replica; the shared store and bus bring them to the others. */
async function set([first]: readonly RunningEmulator[]): Promise<void> {
  await request(`${first!.adminUrl}/__admin/reset`, { method: 'POST' });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ rules: RULES });
  await (await request(`${first!.adminUrl}/__admin/faults`, { method: 'PUT', headers, body })).body.dump();
}

/** What each person saw, call by call; persons call at the same time, each person one call after another. */
async function play(emulators: readonly RunningEmulator[], order: readonly string[]): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  let turn = 0;
  await Promise.all(
    order.map(async (who) => {
      const statuses: number[] = [];
      for (let at = 0; at < CALLS; at += 1) {
        const emulator = emulators[(turn += 7) % emulators.length]!;
        const reply = await request(`${emulator.protocolUrl}/perch/say`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: 'x', who }),
        });
        await reply.body.dump();
        statuses.push(reply.statusCode);
      }
      seen[who] = statuses.join(' ');
    }),
  );
  return seen;
}

async function delays(emulator: RunningEmulator): Promise<string[]> {
  const reply = await request(`${emulator.adminUrl}/__admin/journal?operation=parrot.say`);
  const { entries } = (await reply.body.json()) as { entries: { subject: string; injectedMs: number }[] };
  return entries.map(({ subject, injectedMs }) => `${subject} ${injectedMs}`).sort();
}

describe('the same seed and the same calls', () => {
  it('give the same outcomes and delays at any concurrency', async () => {
    await set(single);
    const together = await play(single, PEOPLE);
    const delayed = await delays(single[0]!);
    await set(single);
    const one: Record<string, string> = {};
    for (const who of [...PEOPLE].reverse()) Object.assign(one, await play(single, [who]));
    expect(one).toEqual(together);
    expect(await delays(single[0]!)).toEqual(delayed);
    expect(new Set(Object.values(together).join(' ').split(' '))).toEqual(new Set(['200', '422', '503']));
  });

  it('give the same outcomes on one replica and on three', async () => {
    await set(single);
    const alone = await play(single, PEOPLE);
    await set(replicas);
    expect(await play(replicas, PEOPLE)).toEqual(alone);
    const shares = await Promise.all(replicas.map(async (replica) => (await delays(replica)).length));
    expect(Math.min(...shares)).toBeGreaterThan(0);
  });

  it('act `times` times in all, however many replicas there are', async () => {
    await set(replicas);
    const rule = { fault: 'error', operations: ['*'], times: 5, options: { code: 'mute' } };
    const headers = { 'content-type': 'application/json' };
    await request(`${replicas[1]!.adminUrl}/__admin/faults`, { method: 'PUT', headers, body: '{"rules":[]}' });
    await request(`${replicas[1]!.adminUrl}/__admin/faults/five`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(rule),
    });
    const seen = Object.values(await play(replicas, PEOPLE))
      .join(' ')
      .split(' ');
    expect(seen.filter((status) => status === '422')).toHaveLength(5);
  });

  it('give the same outcomes without a shared counter when the service tells calls apart', async () => {
    const apart = [await startEmulator(parrot, { SEED: 'replay' }), await startEmulator(parrot, { SEED: 'replay' })];
    const seen = async (emulators: readonly RunningEmulator[], letters: readonly string[]) => {
      for (const emulator of emulators) await set([emulator]);
      const statuses = await Promise.all(
        letters.map(async (letter, at) => {
          const path = `/perch/letters/${letter}`;
          const reply = await request(emulators[at % emulators.length]!.protocolUrl + path, { method: 'PUT' });
          await reply.body.dump();
          return [letter, reply.statusCode] as const;
        }),
      );
      return new Map(statuses.sort(([left], [right]) => left.localeCompare(right)));
    };
    const letters = Array.from({ length: 30 }, (_, at) => `letter-${at}`);
    const first = await seen(apart, letters);
    expect(await seen(apart, [...letters].reverse())).toEqual(first);
    expect(await seen([apart[1]!], letters)).toEqual(first);
    expect(new Set(first.values()).size).toBeGreaterThan(1);
    await Promise.all(apart.map((emulator) => emulator.close()));
  });
});
