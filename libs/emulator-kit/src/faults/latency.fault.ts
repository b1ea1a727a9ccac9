import type { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { distributionSchema, sampler, type Distribution, type Sampler } from '../latency/distribution.js';
import type { Draw } from '../runtime/random.js';
import { FaultKind, type Fault } from './fault.js';

/** Adds time to the reply: `{"ms": 2000}` or any distribution by its percentiles. */
@FaultKind()
export class LatencyFault implements Fault<Distribution> {
  readonly name = 'latency';
  readonly about = 'the reply leaves later by a fixed or random time';
  readonly options: z.ZodType<Distribution> = distributionSchema;
  private readonly samplers = new WeakMap<Distribution, Sampler>();

  apply(exchange: Exchange, options: Distribution, random: Draw): void {
    let sample = this.samplers.get(options);
    if (sample === undefined) this.samplers.set(options, (sample = sampler(options)));
    exchange.delay(sample(random));
  }
}
