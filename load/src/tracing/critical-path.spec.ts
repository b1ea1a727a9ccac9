import fc from 'fast-check';
import { rootRow, spansOf, type SpanRow } from '../../test/trace-fixture.js';
import { criticalPath } from './critical-path.js';
import { treeOf } from './trace-tree.js';

const LOAD = 'poligon-load';
const HR = 'hrlink-reference';
const SMS = 'sms-gateway-stub';
const CA = 'ca-unep-emulator';

function partsOf(rows: readonly SpanRow[]): Record<string, number> {
  const spans = spansOf(rows);
  const { parts } = criticalPath(treeOf(spans[0]!, spans));
  return Object.fromEntries(Object.entries(parts).map(([key, ms]) => [key, Math.round(ms)]));
}

const CASES: readonly (readonly [string, readonly SpanRow[], Record<string, number>])[] = [
  [
    'gives a call to the system, what it asked outside to the outer system, and the way there to waiting',
    [
      rootRow(100),
      [2, 1, LOAD, 'document.sign', 'client', 10, 90],
      [3, 2, HR, 'hrlink.document.sign', 'server', 15, 85],
      [4, 3, HR, 'ca.sign', 'client', 30, 60],
      [5, 4, CA, 'kontur.sign', 'server', 32, 58],
    ],
    { client: 20, wait: 14, hrlink: 40, 'external:ca-unep-emulator': 26 },
  ],
  [
    'takes out what a rule injected, and no more than was waited for',
    [
      rootRow(100),
      [2, 1, LOAD, 'document.sign', 'client', 0, 100],
      [3, 2, HR, 'hrlink.document.sign', 'server', 0, 100],
      [4, 3, HR, 'sms.send', 'client', 20, 80],
      [5, 4, SMS, 'smsc.send', 'server', 20, 80, { 'poligon.injected_ms': 45 }],
    ],
    { hrlink: 40, 'injected:sms-gateway-stub': 45, 'external:sms-gateway-stub': 15 },
  ],
  [
    'follows, of parallel calls, the one that ended last',
    [
      rootRow(100),
      [2, 1, HR, 'hrlink.x', 'server', 0, 100],
      [3, 1, LOAD, 'call', 'client', 0, 100],
      [4, 3, HR, 'hrlink.y', 'server', 0, 100],
      [5, 4, HR, 'sms.send', 'client', 10, 50],
      [6, 5, SMS, 'smsc.send', 'server', 10, 50],
      [7, 4, HR, 'ca.sign', 'client', 20, 90],
      [8, 7, CA, 'kontur.sign', 'server', 20, 90],
    ],
    { hrlink: 20, 'external:ca-unep-emulator': 70, 'external:sms-gateway-stub': 10 },
  ],
  [
    'fills the pauses between polls with the work that went on after the answer',
    [
      rootRow(300),
      [2, 1, LOAD, 'signing.confirm', 'client', 0, 20],
      [3, 2, HR, 'hrlink.signing.confirm', 'server', 0, 20],
      [4, 3, HR, 'sign', 'internal', 10, 260],
      [5, 4, HR, 'ca.sign', 'client', 100, 120],
      [6, 5, CA, 'astral.event', 'server', 100, 120],
      [7, 6, CA, 'ca.sign', 'internal', 110, 200],
      [8, 1, LOAD, 'poll.wait', 'internal', 20, 280],
      [9, 1, LOAD, 'document.get', 'client', 280, 300],
      [10, 9, HR, 'hrlink.document.get', 'server', 280, 300],
    ],
    { hrlink: 180, 'external:ca-unep-emulator': 100, wait: 20 },
  ],
  [
    'calls waiting for a message so, but for the time the message was being sent',
    [
      rootRow(100),
      [2, 1, LOAD, 'document.sign', 'client', 0, 10],
      [3, 2, HR, 'hrlink.document.sign', 'server', 0, 10],
      [4, 3, HR, 'code', 'internal', 8, 40],
      [5, 4, HR, 'sms.send', 'client', 10, 40],
      [6, 5, SMS, 'smsc.send', 'server', 10, 40],
      [7, 1, LOAD, 'otp.wait', 'internal', 10, 90],
      [8, 1, LOAD, 'think', 'internal', 90, 100],
    ],
    { hrlink: 10, 'external:sms-gateway-stub': 30, otp: 50, client: 10 },
  ],
  [
    'tells statements of the database of the system from its own work, and leaves those of an outer system to that system',
    [
      rootRow(100),
      [2, 1, LOAD, 'document.sign', 'client', 0, 100],
      [3, 2, HR, 'hrlink.document.sign', 'server', 0, 100],
      [4, 3, HR, 'UPDATE hr.document', 'client', 10, 30, { 'db.system.name': 'postgresql' }],
      [5, 3, HR, 'SELECT', 'client', 30, 35, { 'db.system': 'postgresql' }],
      [6, 3, HR, 'sms.send', 'client', 40, 80],
      [7, 6, SMS, 'smsc.send', 'server', 40, 80],
      [8, 7, SMS, 'INSERT sms.message', 'client', 50, 60, { 'db.system.name': 'postgresql' }],
    ],
    { hrlink: 35, database: 25, 'external:sms-gateway-stub': 40 },
  ],
  [
    'goes on with what a message set off in another process',
    [
      rootRow(100),
      [2, 1, LOAD, 'document.sign', 'client', 0, 20],
      [3, 2, HR, 'hrlink.document.sign', 'server', 0, 20],
      [4, 3, HR, 'send hr.events', 'producer', 10, 18],
      [5, 4, 'hrlink-worker', 'process hr.events', 'consumer', 30, 90],
      [6, 5, 'hrlink-worker', 'UPDATE hr.document', 'client', 60, 90, { 'db.system.name': 'postgresql' }],
      [7, 1, LOAD, 'poll.wait', 'internal', 20, 100],
    ],
    { hrlink: 50, database: 30, wait: 20 },
  ],
  [
    'gives a whole call to a system that shows no spans of its own',
    [rootRow(50), [2, 1, LOAD, 'document.sign', 'client', 0, 50]],
    { hrlink: 50 },
  ],
];

describe('the critical path of an operation', () => {
  it.each(CASES)('%s', (_, rows, parts) => {
    expect(partsOf(rows)).toEqual(parts);
  });

  it('adds up to the duration whatever the spans are, without gaps or overlaps', () => {
    const services = [LOAD, HR, SMS, CA];
    const kinds = ['internal', 'server', 'client'] as const;
    const names = ['otp.wait', 'poll.wait', 'call', 'work'];
    const row = fc.tuple(
      fc.nat(60),
      fc.constantFrom(...services),
      fc.constantFrom(...names),
      fc.constantFrom(...kinds),
      fc.integer({ min: -50, max: 1100 }),
      fc.nat(900),
      fc.nat(300),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (drawn) => {
        const rows: SpanRow[] = drawn.map(([parent, service, name, kind, start, length, injected], at) => [
          at + 2,
          1 + (parent % (at + 1)),
          service,
          name,
          kind,
          start,
          start + length,
          { 'poligon.injected_ms': injected },
        ]);
        const spans = spansOf([rootRow(1000), ...rows]);
        const tree = treeOf(spans[0]!, spans);
        const { parts, stretches } = criticalPath(tree);
        expect(Object.values(parts).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(1000, 3);
        let cursor = tree.root.startMs;
        for (const { fromMs, toMs } of stretches) {
          expect(fromMs).toBeCloseTo(cursor, 6);
          cursor = toMs;
        }
        expect(cursor).toBeCloseTo(tree.root.endMs, 6);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the tree of a trace', () => {
  it('brings the clocks of two machines together', () => {
    const spans = spansOf([
      rootRow(100),
      [2, 1, LOAD, 'document.sign', 'client', 0, 100],
      [3, 2, HR, 'hrlink.document.sign', 'server', 5010, 5090],
      [4, 3, HR, 'work', 'internal', 5020, 5030],
    ]);
    const { nodes, skewMs } = treeOf(spans[0]!, spans);
    expect(nodes.map(({ startMs, endMs }) => [startMs - 1_000_000, endMs - 1_000_000])).toEqual([
      [0, 100],
      [0, 100],
      [10, 90],
      [20, 30],
    ]);
    expect(skewMs).toBe(5000);
  });

  it('leaves out spans whose parent never came or that stand in a ring', () => {
    const spans = spansOf([
      rootRow(100),
      [2, 99, HR, 'lost', 'server', 0, 10],
      [3, 4, HR, 'ring', 'internal', 0, 10],
      [4, 3, HR, 'ring', 'internal', 0, 10],
    ]);
    const tree = treeOf(spans[0]!, spans);
    expect(tree.nodes).toHaveLength(1);
    expect(tree.orphans.map(({ name }) => name)).toEqual(['lost', 'ring', 'ring']);
  });
});
