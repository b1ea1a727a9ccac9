import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { cuckoo, LineDoor } from './cuckoo.js';
import { parrot, ParrotController } from './parrot.js';
import { callHttp, callLine, type Call, type Seen } from './wire-client.js';

let http: RunningEmulator;
let line: RunningEmulator;

beforeAll(async () => {
  [http, line] = await Promise.all([startEmulator(parrot), startEmulator(cuckoo)]);
});
afterAll(() => Promise.all([http.close(), line.close()]));

interface Wire {
  readonly emulator: () => RunningEmulator;
  readonly call: (call?: Call) => Promise<Seen>;
  readonly processed: () => number;
  /** A catalogue entry, the name of "unavailable" and what a status looks like. */
  readonly words: { readonly error: string; readonly unavailable: string; readonly status: string };
}

const wires: Readonly<Record<string, Wire>> = {
  HTTP: {
    emulator: () => http,
    call: (call = {}) => callHttp(`${http.protocolUrl}/perch/say`, call),
    processed: () => http.app.get(ParrotController).said.length,
    words: { error: 'mute', unavailable: 'tired', status: '502' },
  },
  'a line protocol': {
    emulator: () => line,
    call: (call = {}) => callLine(line.app.get(LineDoor).port, call),
    processed: () => line.app.get(LineDoor).heard.length,
    words: { error: 'unwound', unavailable: 'asleep', status: '502' },
  },
};

async function set(wire: Wire, rules: object[]): Promise<void> {
  const reply = await request(`${wire.emulator().adminUrl}/__admin/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  const text = await reply.body.text();
  if (reply.statusCode !== 200) throw new Error(text);
}

/** Every distribution in a form that never gives less than 12 ms, so that the least delay is known. */
const distributions: [string, object][] = [
  ['fixed', { distribution: 'fixed', ms: 12 }],
  ['uniform', { distribution: 'uniform', minMs: 12, maxMs: 16 }],
  ['normal', { distribution: 'normal', p50Ms: 20, p99Ms: 21, maxMs: 30 }],
  ['lognormal', { distribution: 'lognormal', p50Ms: 20, p95Ms: 21, maxMs: 30 }],
  ['exponential', { distribution: 'exponential', p50Ms: 1e6, maxMs: 15 }],
  ['pareto', { distribution: 'pareto', p50Ms: 14, p90Ms: 15, maxMs: 30 }],
  [
    'empirical',
    {
      distribution: 'empirical',
      points: [
        [0, 12],
        [50, 14],
        [100, 18],
      ],
    },
  ],
];

type Expect = (seen: Seen, wire: Wire) => void;

const whole =
  (answer: (wire: Wire) => string): Expect =>
  (seen, wire) => {
    expect(seen).toMatchObject({ end: 'whole', answer: answer(wire) });
  };
const ended =
  (end: Seen['end']): Expect =>
  (seen) =>
    expect(seen.end).toBe(end);

/** Each fault, how it is set, and what the client sees. */
const faults: [string, (wire: Wire) => object, Expect][] = [
  ['latency', () => ({ ms: 1 }), whole(() => 'ok')],
  ['error', ({ words }) => ({ code: words.error }), whole(({ words }) => words.error)],
  ['status', () => ({ status: 502 }), whole(({ words }) => words.status)],
  ['no-reply', () => ({}), ended('timeout')],
  ['reset', () => ({}), ended('reset')],
  ['empty-reply', () => ({}), ended('empty')],
  ['truncate', () => ({ percent: 40 }), ended('short')],
  [
    'slow-body',
    () => ({ bytesPerSecond: 200 }),
    (seen) => {
      expect(seen).toMatchObject({ end: 'whole', answer: 'ok' });
      // The shorter of the two replies has 13 bytes: 65 ms at this rate.
      expect(seen.totalMs).toBeGreaterThanOrEqual(70);
    },
  ],
  ['garbage', () => ({ bytes: 200 }), ended('noise')],
  ['rate-limit', () => ({ perSecond: 0.001, burst: 1 }), whole(({ words }) => words.unavailable)],
  ['concurrency-limit', () => ({ slots: 1 }), whole(({ words }) => words.unavailable)],
  ['duplicate', () => ({ times: 3 }), whole(() => 'ok')],
];

/** How often the domain handles one call, two calls with a limit; never with the faults that are not named. */
const handlings: Readonly<Record<string, number>> = {
  latency: 1,
  duplicate: 3,
  truncate: 1,
  'slow-body': 1,
  garbage: 1,
  'rate-limit': 1,
  'concurrency-limit': 1,
};

/** The rules of one fault with every distribution, told apart by client. */
function rules(fault: string, options: object): object[] {
  // Two calls meet for certain only when the first stays long enough.
  const stay = {
    id: 'stay',
    fault: 'latency',
    operations: ['*'],
    options: { ms: fault === 'concurrency-limit' ? 400 : 0 },
  };
  const each = distributions.flatMap(([name, distribution]) => [
    { id: `${name}-1`, fault, operations: ['*'], match: { client: name }, options },
    { id: `${name}-2`, fault: 'latency', operations: ['*'], match: { client: name }, options: distribution },
  ]);
  return [...each, stay];
}

/** What a client sees; a limit lets the first of two calls through, and the other one is the telling one. */
async function seen(wire: Wire, fault: string, client: string): Promise<readonly Seen[]> {
  const timeoutMs = fault === 'no-reply' ? 80 : 5000;
  const calls = fault.endsWith('-limit') ? [1, 2] : [1];
  const answers = await Promise.all(calls.map(() => wire.call({ client, timeoutMs })));
  return answers.sort((left, right) => Number(left.answer === 'ok') - Number(right.answer === 'ok'));
}

describe.each(Object.entries(wires))('over %s', (_, wire) => {
  describe.each(faults)('%s', (fault, options, expected) => {
    const answers = new Map<string, readonly Seen[]>();
    let processed = 0;

    beforeAll(async () => {
      await set(wire, rules(fault, options(wire)));
      const before = wire.processed();
      await Promise.all(distributions.map(async ([name]) => answers.set(name, await seen(wire, fault, name))));
      processed = wire.processed() - before;
    });

    it.each(distributions)('with %s latency', (name) => {
      expected(answers.get(name)![0]!, wire);
      for (const { firstByteMs } of answers.get(name)!) expect(firstByteMs).toBeGreaterThanOrEqual(11.5);
    });

    const expectedHandlings = handlings[fault] ?? 0;
    it('is handled by the domain as often as it should be', () => {
      expect(processed).toBe(expectedHandlings * distributions.length);
    });
  });
});
