import { defaultPopulation } from '@poligon/people';
import type { Bench } from '../harness/bench.js';
import { median, short } from '../harness/statistics.js';

const FLOOR_PER_SECOND = 200_000;

/** Whole persons made per CPU-second of one core; the reference is the floor itself. */
export const people: Bench = {
  name: 'people',
  about: 'persons made per CPU-second',
  defaults: { rounds: 5, seconds: 2 },
  async run({ rounds, seconds, log }) {
    const rates: number[] = [];
    let index = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const cpu = process.cpuUsage();
      const endMs = performance.now() + seconds * 1000;
      const first = index;
      while (performance.now() < endMs) for (let at = 0; at < 1000; at += 1) defaultPopulation.person((index += 1));
      const { user, system } = process.cpuUsage(cpu);
      // The first round warms the compiler up.
      if (round > 0) rates.push(((index - first) / (user + system)) * 1e6);
    }
    const ours = median(rates);
    log(`${Math.round(ours).toLocaleString('en')} persons per CPU-second, median of ${rounds} rounds`);
    const ratio = short(ours / FLOOR_PER_SECOND);
    return { bench: 'people', ratio, floor: 1, holds: ratio >= 1, ours: Math.round(ours), reference: FLOOR_PER_SECOND };
  },
};
