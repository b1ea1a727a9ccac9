import { z } from 'zod';
import { Catalogues } from '../exchange/error-catalogue.js';
import type { Exchange } from '../exchange/exchange.js';
import { Clock } from '../runtime/clock.js';
import { FaultKind, type Fault } from './fault.js';
import { limitScope, refusalOptions, refuse, scopeKey, unknownCode } from './refusal.js';
import { Slots, type Admission } from './slots.js';

const options = z.strictObject({
  /** Calls worked on at a time. */
  slots: z.number().int().min(1, 'must be 1 or more').max(100_000),
  /** Calls that may wait for a slot; more are refused at once. */
  queue: z.number().int().min(0, 'must be 0 or more').max(100_000).default(0),
  /** Longest wait; then the call is refused. */
  queueTimeoutMs: z.number().min(0, 'must be 0 or more').max(600_000).default(30_000),
  per: limitScope.default('all'),
  ...refusalOptions,
});
type Options = z.output<typeof options>;

/**
 * A service with so many workers and no more. A slot is held for the call's whole latency, which begins when the slot is gained: under
 * overload replies grow slower as the queue fills, as in a real system.
 */
@FaultKind()
export class ConcurrencyLimitFault implements Fault<Options> {
  readonly name = 'concurrency-limit';
  readonly about = 'so many calls are worked on at a time, some wait, the rest are refused';
  readonly options: z.ZodType<Options> = options;
  private readonly slots = new WeakMap<Options, Map<string, Slots>>();

  constructor(
    private readonly catalogues: Catalogues,
    private readonly clock: Clock,
  ) {}

  apply(exchange: Exchange, rule: Options): void | Promise<void> {
    if (exchange.isDecided) return;
    const enteredMs = this.clock.monotonicMs();
    const key = scopeKey(exchange, rule.per);
    const slots = this.slotsOf(rule, key);
    const release = () => {
      slots.release();
      if (slots.isIdle) this.slots.get(rule)?.delete(key);
    };
    const settle = (admission: Admission) => {
      if (admission === 'slot') exchange.onEnd(release);
      else refuse(exchange, rule, { catalogues: this.catalogues, detail: { reason: admission } });
    };
    const admission = slots.enter();
    if (typeof admission === 'string') return settle(admission);
    return admission.then((settled) => {
      exchange.delay(this.clock.monotonicMs() - enteredMs);
      settle(settled);
    });
  }

  problem({ code }: Options): string | undefined {
    return unknownCode(code, this.catalogues);
  }

  private slotsOf(rule: Options, key: string): Slots {
    let byKey = this.slots.get(rule);
    if (byKey === undefined) this.slots.set(rule, (byKey = new Map<string, Slots>()));
    let slots = byKey.get(key);
    if (slots === undefined) byKey.set(key, (slots = new Slots(rule, this.clock)));
    return slots;
  }
}
