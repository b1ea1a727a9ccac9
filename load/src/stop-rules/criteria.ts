import type { Comparison, StopRule } from './parse-rule.js';
import type { Second } from './sliding-window.js';

type Measure<K extends StopRule['kind']> = (
  rule: Extract<StopRule, { kind: K }>,
  seconds: readonly Second[],
  cpu: readonly number[],
  values: readonly number[],
) => number | undefined;

const COMPARISONS: Record<Comparison, (value: number, threshold: number) => boolean> = {
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};

const MEASURES: { [K in StopRule['kind']]: Measure<K> } = {
  time: (rule, seconds) => throughout(seconds, meanMs, rule.limitMs),
  quantile: (rule, seconds) =>
    throughout(seconds, ({ latenciesMs }) => percentileOf(latenciesMs, rule.percentile), rule.limitMs),
  lag: (rule, seconds) => throughout(seconds, ({ lagsMs }) => percentileOf(lagsMs, rule.percentile), rule.limitMs),
  total_time: (rule, seconds) => above(overallMeanMs(seconds), rule.limitMs),
  http: (rule, seconds) => share(seconds, (second) => matching(second.statuses, rule.mask), rule.percent),
  total_http: (rule, seconds) => share(seconds, (second) => matching(second.statuses, rule.mask), rule.percent),
  net: (rule, seconds) => share(seconds, (second) => matching(second.netErrors, rule.mask), rule.percent),
  rate: (rule, seconds) => rateBelow(seconds, rule.percent),
  gencpu: (rule, _seconds, cpu) =>
    above(
      mean(
        cpu.reduce((a, b) => a + b, 0),
        cpu.length,
      ),
      rule.percent,
    ),
  ext: ({ comparison, threshold }, _seconds, _cpu, values) => {
    const isBroken = values.length > 0 && values.every((value) => COMPARISONS[comparison](value, threshold));
    return isBroken ? values.at(-1) : undefined;
  },
  limit: () => undefined,
};

/** The measured value when the rule is broken over the whole window, else undefined. */
export function breaks(
  rule: StopRule,
  seconds: readonly Second[],
  { cpu, values }: { cpu: readonly number[]; values: readonly number[] },
): number | undefined {
  const measure = MEASURES[rule.kind] as Measure<StopRule['kind']>;
  return measure(rule, seconds, cpu, values);
}

function overallMeanMs(seconds: readonly Second[]): number | undefined {
  return mean(
    sum(seconds, (second) => second.latencySumMs),
    sum(seconds, (second) => second.succeeded),
  );
}

/** Every second that has a value is above the limit (Tank's `time` and `quantile`); the value is that of the last one. */
function throughout(seconds: readonly Second[], of: (second: Second) => number | undefined, limit: number) {
  const values = seconds.map(of).filter((value) => value !== undefined);
  return values.length > 0 && values.every((value) => value > limit) ? values.at(-1) : undefined;
}

function share(seconds: readonly Second[], of: (second: Second) => number, limitPercent: number): number | undefined {
  const ended = sum(seconds, (second) => second.ended);
  const percent = mean(sum(seconds, of) * 100, ended);
  return percent !== undefined && percent > 0 && percent >= limitPercent ? percent : undefined;
}

function rateBelow(seconds: readonly Second[], limitPercent: number): number | undefined {
  const dropped = sum(seconds, (second) => second.dropped);
  const launched = sum(seconds, (second) => second.lagsMs.length);
  const percent = mean(launched * 100, launched + dropped);
  return percent !== undefined && percent < limitPercent ? percent : undefined;
}

function meanMs(second: Second): number | undefined {
  return mean(second.latencySumMs, second.succeeded);
}

function mean(total: number, count: number): number | undefined {
  return count > 0 ? total / count : undefined;
}

function above(value: number | undefined, limit: number): number | undefined {
  return value !== undefined && value > limit ? value : undefined;
}

/** `5xx`, `503`, `xx` (any network error), `ECONNRESET`. */
function matching(counts: ReadonlyMap<string, number>, mask: string): number {
  const pattern = mask === 'xx' || mask === '*' ? /.*/ : new RegExp(`^${mask.replaceAll('x', '\\d')}$`);
  let total = 0;
  for (const [key, count] of counts) if (pattern.test(key)) total += count;
  return total;
}

/** Smallest value that so many per cent of the values do not exceed; a second has few, so they are simply sorted. */
function percentileOf(values: readonly number[], percent: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

function sum(seconds: readonly Second[], of: (second: Second) => number): number {
  return seconds.reduce((total, second) => total + of(second), 0);
}
