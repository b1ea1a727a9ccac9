import type { Sample } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';
import { parseRule } from './parse-rule.js';
import { StopWatch } from './stop-watch.js';

const HOLD: Phase = {
  index: 1,
  step: 1,
  kind: 'hold',
  fromPercent: 100,
  toPercent: 100,
  startMs: 0,
  durationMs: 600_000,
  settleMs: 5000,
};

/** Feeds ten samples a second and gives the second at which the rule fired. */
function firedAt(
  rule: string,
  sampleAt: (second: number, nth: number) => Partial<Sample>,
  over: Partial<{ phase: Phase; cpuPercent: number; seconds: number }> = {},
) {
  const watch = new StopWatch([parseRule(rule)]);
  const { phase = HOLD, cpuPercent = 10, seconds = 40 } = over;
  for (let second = 0; second < seconds; second++) {
    for (let nth = 0; nth < 10; nth++) {
      const planned = second * 1000;
      const sample: Sample = {
        operation: 'sign-unep',
        ordinal: 0,
        step: 1,
        stage: 'hold',
        planned,
        started: planned,
        outcome: 'ok',
      };
      watch.add({ ...sample, completed: planned + 100, ...sampleAt(second, nth) }, planned + nth * 100);
    }
    const [stop] = watch.check({ now: (second + 1) * 1000, startAt: 0, phase, cpuPercent });
    if (stop) return second + 1;
  }
  return undefined;
}

const slow = (from: number) => (second: number) => ({ completed: second * 1000 + (second >= from ? 900 : 100) });
const failing = (share: number, cause: string) => (_second: number, nth: number) =>
  nth < share ? { outcome: 'failed' as const, cause } : {};

describe('sliding windows', () => {
  it.each([
    ['time(500ms,10s)', slow(0), 15],
    ['time(500ms,10s)', slow(20), 30],
    ['quantile(50,500ms,10s)', slow(12), 22],
    ['total_time(500ms,10s)', slow(10), 16],
    ['http(5xx,20%,10s)', failing(2, 'lna.create 503 90.503'), 15],
    ['total_http(503,20%,10s)', failing(2, 'lna.create 503 90.503'), 15],
    ['net(xx,10%,10s)', failing(1, 'login net ECONNRESET'), 15],
    ['rate(98%,10s)', failing(1, 'x'), undefined],
    ['lag(p99,50ms,10s)', (second: number) => ({ started: second * 1000 + 80 }), 15],
    ['http(5xx,30%,10s)', failing(2, 'lna.create 503 90.503'), undefined],
    ['http(4xx,20%,10s)', failing(2, 'lna.create 503 90.503'), undefined],
    ['time(500ms,10s)@send-lna', slow(0), undefined],
    ['gencpu(80%,10s)', slow(99), undefined],
    ['limit(20s)', slow(99), 20],
  ])('%s', (rule, samples, second) => expect(firedAt(rule, samples)).toBe(second));

  it('one good second starts the window of `time` anew', () => {
    const broken = (second: number) => (second === 18 ? {} : slow(10)(second));
    expect(firedAt('time(500ms,10s)', broken)).toBe(29);
  });

  it('counts dropped arrivals against the rate', () => {
    const dropped = (_second: number, nth: number) =>
      nth === 0 ? { outcome: 'dropped' as const, started: undefined, completed: undefined } : {};
    expect(firedAt('rate(98%,10s)', dropped)).toBe(15);
  });

  it('looks at the generator', () => expect(firedAt('gencpu(80%,10s)', slow(99), { cpuPercent: 85 })).toBe(15));

  it('acts on ramps only when told to, and only for safety', () => {
    const phase: Phase = { ...HOLD, kind: 'ramp', settleMs: 0 };
    const failed = failing(5, 'login 500 x');
    expect(firedAt('http(5xx,10%,10s)', failed, { phase })).toBeUndefined();
    expect(firedAt('http(5xx,10%,10s)@ramp', failed, { phase })).toBe(11);
  });
});
