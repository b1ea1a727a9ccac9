import { z } from 'zod';
import { Catalogues } from '../exchange/error-catalogue.js';
import type { Exchange } from '../exchange/exchange.js';
import { Clock } from '../runtime/clock.js';
import { FaultKind, type Fault } from './fault.js';
import { limitScope, refusalOptions, refuse, scopeKey, unknownCode } from './refusal.js';
import { TokenBuckets } from './token-buckets.js';

const options = z.strictObject({
  /** Calls let through in the long run. */
  perSecond: z.number().min(0.001, 'must be above 0').max(1e6),
  /** Calls let through at once after a pause; one second's worth when omitted. */
  burst: z.number().int().min(1, 'must be 1 or more').max(1e6).optional(),
  per: limitScope.default('client'),
  ...refusalOptions,
});
type Options = z.output<typeof options>;

/** Refuses calls above a rate (token bucket); the error's detail carries `retryAfterMs`. */
@FaultKind()
export class RateLimitFault implements Fault<Options> {
  readonly name = 'rate-limit';
  readonly about = 'calls above a rate are refused, per client unless said otherwise';
  readonly options: z.ZodType<Options> = options;
  private readonly buckets = new WeakMap<Options, TokenBuckets>();

  constructor(
    private readonly catalogues: Catalogues,
    private readonly clock: Clock,
  ) {}

  apply(exchange: Exchange, rule: Options): void {
    if (exchange.isDecided) return;
    let buckets = this.buckets.get(rule);
    if (buckets === undefined) {
      const burst = rule.burst ?? Math.max(1, Math.ceil(rule.perSecond));
      this.buckets.set(rule, (buckets = new TokenBuckets(rule.perSecond, burst)));
    }
    const retryAfterMs = buckets.take(scopeKey(exchange, rule.per), this.clock.monotonicMs());
    if (retryAfterMs > 0) refuse(exchange, rule, { catalogues: this.catalogues, detail: { retryAfterMs } });
  }

  problem({ code }: Options): string | undefined {
    return unknownCode(code, this.catalogues);
  }
}
