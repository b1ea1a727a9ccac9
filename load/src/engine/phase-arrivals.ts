import { arrivalOffsets, plannedTotal } from './arrivals.js';
import type { Arrival, OperationRate } from './arrivals.js';
import type { Phase } from './timeline.js';

interface Stream {
  operation: string;
  offsets: Float64Array;
  base: number;
  next: number;
}

/** The arrivals of one phase, laid out once: they can be run through in order and looked up by time. */
export class PhaseArrivals {
  readonly phase: Phase;
  private readonly streams: Stream[];

  constructor(seed: string, rates: readonly OperationRate[], phases: readonly Phase[], at: number) {
    this.phase = phases[at] as Phase;
    this.streams = rates.map((rate) => ({
      operation: rate.operation,
      offsets: arrivalOffsets(seed, rate, this.phase),
      base: plannedTotal(rate.perHour, phases.slice(0, at)),
      next: 0,
    }));
  }

  /** Next arrivals before `offsetMs` of the phase, in order; each is given once. */
  *until(offsetMs: number): Generator<Arrival> {
    for (;;) {
      let earliest: Stream | undefined;
      let earliestMs = offsetMs;
      for (const stream of this.streams) {
        const atMs = stream.offsets[stream.next];
        if (atMs === undefined || atMs >= earliestMs) continue;
        earliest = stream;
        earliestMs = atMs;
      }
      if (!earliest) return;
      const arrival = this.arrival(earliest, earliest.next);
      earliest.next += 1;
      yield arrival;
    }
  }

  /** Arrivals from `fromMs` to before `toMs` of the phase, whatever has been given already; operation by operation. */
  *between(fromMs: number, toMs: number): Generator<Arrival> {
    for (const stream of this.streams) {
      for (let index = firstFrom(stream.offsets, fromMs); index < stream.offsets.length; index++) {
        if ((stream.offsets[index] as number) >= toMs) break;
        yield this.arrival(stream, index);
      }
    }
  }

  private arrival({ operation, offsets, base }: Stream, index: number): Arrival {
    return { operation, ordinal: base + index, phase: this.phase, offsetMs: offsets[index] as number };
  }
}

/** Index of the first offset that is not below `fromMs`. */
function firstFrom(offsets: Float64Array, fromMs: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] as number) < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
