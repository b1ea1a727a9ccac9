import {
  distributionSchema,
  FaultKind,
  sampler,
  type Distribution,
  type Draw,
  type Exchange,
  type Fault,
  type Sampler,
} from '@poligon/emulator-kit';
import type { z } from 'zod';

/** Adds time between the application and the certificate: a fixed number of milliseconds or any distribution. */
@FaultKind()
export class IssueDelayTailFault implements Fault<Distribution> {
  readonly name = 'issue-delay-tail';
  readonly about = 'the certificate comes later by a fixed or random time';
  readonly options: z.ZodType<Distribution> = distributionSchema;
  private readonly samplers = new WeakMap<Distribution, Sampler>();

  apply(exchange: Exchange, options: Distribution, random: Draw): void {
    let sample = this.samplers.get(options);
    if (sample === undefined) this.samplers.set(options, (sample = sampler(options)));
    exchange.hint(this.name, sample(random));
  }
}
