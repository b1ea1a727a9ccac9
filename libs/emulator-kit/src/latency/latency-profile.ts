import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { operationPattern, specificity } from '../faults/operation-pattern.js';
import { Draw, Random } from '../runtime/random.js';
import type { CallCounter } from '../state/call-counter.js';
import { distributionSchema, sampler, type Sampler } from './distribution.js';

/** Scope under which calls are counted for the baseline. */
export const BASELINE_SCOPE = 'baseline';

const MAX_PATTERNS = 1000;

/** How slow the real system is on a normal day, per operation pattern; the most specific pattern wins. */
export const latencyProfileSchema = z.strictObject({
  name: z.string().min(1).max(100),
  note: z.string().max(2000).optional(),
  operations: z
    .record(z.string().min(1).max(200), distributionSchema)
    .refine(
      (operations) => Object.keys(operations).length <= MAX_PATTERNS,
      `must name at most ${MAX_PATTERNS} patterns`,
    ),
});

export type LatencyProfileFile = z.output<typeof latencyProfileSchema>;

/** The profile that adds nothing. */
export const NO_LATENCY: LatencyProfileFile = { name: 'none', operations: {} };

/** Baseline latency of the emulator; fault latencies come on top of it. */
@Injectable()
export class LatencyProfile {
  private file: LatencyProfileFile;
  private samplers = new Map<string, Sampler | undefined>();
  private readonly draw = new Draw();

  /** @param atStart the profile the configuration names; a reset comes back to it */
  constructor(
    private readonly random: Random,
    private readonly counter: CallCounter,
    private readonly atStart: LatencyProfileFile = NO_LATENCY,
  ) {
    this.file = atStart;
  }

  /** Comes back to the profile of the configuration. */
  reset(): void {
    this.use(this.atStart);
  }

  get current(): LatencyProfileFile {
    return this.file;
  }

  /** Takes effect for the next exchange. */
  use(file: LatencyProfileFile): void {
    this.file = file;
    this.samplers = new Map();
  }

  /** Milliseconds the reply of this exchange takes at least; fixed by seed, operation, caller and the number of the call. */
  sample(exchange: Exchange): number | Promise<number> {
    const sample = this.samplerOf(exchange.operation);
    if (sample === undefined) return 0;
    const key = `${exchange.operation} ${exchange.callKey}`;
    const number = this.counter.next(BASELINE_SCOPE, key);
    const drawn = (known: number) => sample(this.draw.aim(this.random.hash(BASELINE_SCOPE, key, known)));
    return typeof number === 'number' ? drawn(number) : number.then(drawn);
  }

  /** Whether calls of the operation take any time of their own. */
  hasBaseline(operation: string): boolean {
    return this.samplerOf(operation) !== undefined;
  }

  private samplerOf(operation: string): Sampler | undefined {
    if (this.samplers.has(operation)) return this.samplers.get(operation);
    const pattern = Object.keys(this.file.operations)
      .filter((candidate) => operationPattern(candidate)(operation))
      .sort((left, right) => specificity(right) - specificity(left))[0];
    const found = pattern === undefined ? undefined : sampler(this.file.operations[pattern]!);
    this.samplers.set(operation, found);
    return found;
  }
}
