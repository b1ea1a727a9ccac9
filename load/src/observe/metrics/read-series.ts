import type { ExposedSample } from './exposition.js';
import type { SeriesRule } from './known-series.js';

const MAX_SERIES_PER_RULE = 20;

/** Value of one series on one page; counters as they stand. */
export interface SeriesValue {
  rule: SeriesRule;
  name: string;
  value: number;
}

/** Applies the rules to a scraped page; rules whose metric is not there give nothing. */
export function readSeries(samples: readonly ExposedSample[], rules: readonly SeriesRule[]): SeriesValue[] {
  return rules.flatMap((rule) => {
    const mine = samples.filter((sample) => sample.name === rule.metric && hasLabels(sample, rule.labels ?? {}));
    if (mine.length === 0) return [];
    const { by } = rule;
    const groups = by === undefined ? new Map([['', mine]]) : Map.groupBy(mine, ({ labels }) => labels[by] ?? '');
    const over = rule.over === undefined ? 1 : sum(samples.filter(({ name }) => name === rule.over));
    return [...groups].slice(0, MAX_SERIES_PER_RULE).flatMap(([group, members]) => {
      const value = (sum(members) / over) * (rule.times ?? 1);
      if (!Number.isFinite(value)) return [];
      return [{ rule, name: group === '' ? rule.name : `${rule.name}: ${group}`, value }];
    });
  });
}

function hasLabels({ labels }: ExposedSample, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function sum(samples: readonly ExposedSample[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}
