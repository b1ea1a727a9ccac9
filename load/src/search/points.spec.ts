import type { HoldObservation } from '../verdict/observation.js';
import type { SearchOutcome } from './max-search.js';
import { pointsOf } from './points.js';

/** Level, operations planned and ended within the judged part, p95 in milliseconds. */
type Row = [levelPercent: number, planned: number, ended: number, p95Ms: number];

function pointsFor(rows: readonly Row[]) {
  const holds = rows.map(([levelPercent, planned, ended, p95Ms], index) => {
    const operation = { operation: 'a', planned, succeeded: planned, failed: 0, dropped: 0, lost: 0, p95Ms };
    return { step: index + 1, levelPercent, judgedMs: 19_000, ended, operations: [operation] };
  }) as HoldObservation[];
  const steps = holds.map(({ step, levelPercent }) => ({ step, levelPercent, purpose: 'search', word: 'success' }));
  const demands = { errorLimitPercent: 1, accuracyLimitPercent: 98, sla: {} };
  return pointsOf(holds, { steps } as unknown as SearchOutcome, demands);
}

describe('the point of saturation', () => {
  // Holds of 20 s of searches on hrlink-reference with a capacity of 133.3 % of the profile.
  const recorded: [string, Row[]][] = [
    [
      'with throughput still growing',
      [
        [120, 229, 226, 979],
        [130, 247, 235, 1473],
        [140, 266, 252, 3504],
      ],
    ],
    [
      'with a confirmed step short by chance',
      [
        [120, 228, 227, 1014],
        [130, 242, 239, 1064],
        [140, 264, 252, 2533],
        [150, 285, 252, 5132],
      ],
    ],
    [
      'after a step that did more than was planned',
      [
        [120, 230, 222, 1009],
        [130, 244, 245, 1246],
        [140, 263, 251, 2134],
        [150, 290, 256, 4993],
      ],
    ],
    [
      'with a backlog worked off at the end',
      [
        [120, 227, 230, 1504],
        [130, 242, 250, 1799],
        [140, 268, 253, 2533],
        [150, 277, 255, 4764],
      ],
    ],
    [
      'with hardly a shortfall at first',
      [
        [120, 227, 232, 1142],
        [130, 245, 244, 1587],
        [140, 256, 252, 2714],
        [150, 289, 256, 5190],
      ],
    ],
    [
      'with a dent one step earlier',
      [
        [120, 229, 227, 793],
        [130, 247, 233, 1452],
        [140, 266, 253, 3459],
      ],
    ],
  ];

  it.each(recorded)('is the first step above the capacity, %s', (_, rows) => {
    expect(pointsFor(rows).saturation).toMatchObject({ step: 3, levelPercent: 140 });
  });

  it.each<[string, Row[]]>([
    [
      'follows the load to the top',
      [
        [100, 190, 188, 500],
        [110, 209, 209, 510],
        [120, 228, 224, 520],
      ],
    ],
    [
      'falls short by chance, its latencies as ever',
      [
        [100, 190, 192, 500],
        [110, 209, 200, 600],
        [120, 228, 215, 700],
      ],
    ],
  ])('is not named for a system that %s', (_, rows) => {
    expect(pointsFor(rows).saturation).toBeUndefined();
  });

  it.each<[string, Row[], number]>([
    ['its first step', [[100, 1900, 1000, 5000]], 100],
    [
      'the step it breaks down on',
      [
        [100, 1900, 1890, 500],
        [110, 2090, 2080, 520],
        [120, 2280, 900, 9000],
      ],
      120,
    ],
  ])('of a system far below the load is %s', (_, rows, levelPercent) => {
    expect(pointsFor(rows).saturation).toMatchObject({ levelPercent });
  });
});
