import { LiveProgress } from './live-progress.js';
import { PlainProgress } from './plain-progress.js';
import type { LoadEvent } from './progress-line.js';
import { loadLine } from './progress-line.js';

const EVENT: LoadEvent = {
  kind: 'load',
  elapsedMs: 35_000,
  totalMs: 70_000,
  step: 2,
  phase: 'hold',
  levelPercent: 110,
  targetPerSecond: 5.5,
  actualPerSecond: 5.4,
  p95Ms: 1234,
  lagP99Ms: 3,
  cpuPercent: 12.4,
  inFlight: 7,
  dropped: 0,
  rows: [
    {
      ...{ operation: 'sign-unep', targetPerHour: 19_800, actualPerHour: 19_440, p50Ms: 300, p95Ms: 1234, p99Ms: 1500 },
      ...{ planned: 400, launched: 105, succeeded: 103, failed: 2 },
    },
  ],
};

function terminal(columns: number) {
  const written: string[] = [];
  const out = {
    isTTY: true,
    columns,
    write: (text: string) => written.push(text) > 0,
  } as unknown as NodeJS.WriteStream;
  return { out, written };
}

describe('the view of a run', () => {
  it('tells step, level, rate against target, what is in flight, latency, lag, errors in one line', () => {
    expect(loadLine(EVENT, 'en')).toBe(
      '0:35/1:10 hold 2, 110 % | 5.4 of 5.5 op/s | in flight 7 | p95 1,234 ms | lag p99 3 ms | CPU 12 % | done 103 | failed 2',
    );
    expect(loadLine(EVENT, 'ru')).toContain('ступень 2, 110 % | 5,4 из 5,5 оп/с | в работе 7 | p95 ');
  });

  it('shows a wide terminal every percentile, a narrow one the p95', () => {
    const [wide, narrow] = [terminal(160), terminal(90)];
    new LiveProgress(wide.out, 'en').show(EVENT);
    new LiveProgress(narrow.out, 'en').show(EVENT);
    for (const title of ['Target, op/h', 'Actual, op/h', 'Failed', 'p50, ms', 'p95, ms', 'p99, ms'])
      expect(wide.written.join('')).toContain(title);
    expect(wide.written.join('')).toMatch(/19800 .*19440 .*400 .*103 .*2 .*300 .*1234 .*1500/);
    expect(narrow.written.join('')).toContain('p95, ms');
    expect(narrow.written.join('')).not.toContain('p99, ms');
    for (const line of narrow.written.join('').split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(90);
  });

  it('is drawn in place, whatever has wrapped', () => {
    const { out, written } = terminal(90);
    const view = new LiveProgress(out, 'en');
    view.show(EVENT);
    view.show(EVENT);
    const rows = written[0]!
      .split('\n')
      .slice(0, -1)
      .reduce((sum, line) => sum + Math.ceil(line.length / 90), 0);
    expect(written[1]).toBe(`\u001b[${rows}A\u001b[0J`);
  });

  it('is a plain line every ten seconds where there is no terminal', () => {
    const { out, written } = terminal(0);
    const view = new PlainProgress(out, 'en');
    for (let second = 1; second <= 25; second++) view.show({ ...EVENT, elapsedMs: second * 1000 });
    expect(written.length).toBe(3);
    expect(written.join('')).not.toContain('\u001b');
  });
});
