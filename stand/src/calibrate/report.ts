import Table from 'cli-table3';
import type { Fit } from './fit.js';
import type { Sample } from './sample.js';

/** The fits beside the measurement: percentiles of each and the distance between the curves. */
export function fitTable(fits: readonly Fit[], count: number): string {
  const [best] = fits;
  const measured = ['measured', ...best!.percentiles.map(({ measuredMs }) => ms(measuredMs)), ''];
  const rows = fits.map(({ distribution, percentiles, ks }, at) => [
    distribution.distribution + (at === 0 ? ' *' : ''),
    ...percentiles.map(({ fittedMs }) => ms(fittedMs)),
    ks.toFixed(4),
  ]);
  const head = [`${count} calls, ms`, ...best!.percentiles.map(({ percentile }) => `p${percentile}`), 'KS distance'];
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(measured, ...rows);
  return `${table.toString()}\n`;
}

/** What a file has calls of, most frequent first. */
export function nameTable(samples: readonly Sample[]): string {
  const counts = new Map<string, number>();
  for (const { name } of samples) counts.set(name, (counts.get(name) ?? 0) + 1);
  const table = new Table({ head: ['call', 'times'], style: { head: [], border: [] } });
  const sorted = [...counts].sort((left, right) => right[1] - left[1]).slice(0, 30);
  table.push(...sorted.map(([name, count]) => [name, String(count)]));
  return `${table.toString()}\n`;
}

function ms(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
