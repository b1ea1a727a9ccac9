import { Injectable } from '@nestjs/common';
import { FaultGate } from '../faults/fault-gate.js';
import { LatencyProfile } from '../latency/latency-profile.js';
import { Clock } from '../runtime/clock.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { ProtocolError } from './error-catalogue.js';
import type { Ending, Exchange } from './exchange.js';

/** How an exchange ended; the protocol adapter turns it into bytes. */
export type Outcome<T> = { readonly kind: 'reply'; readonly value: T } | Ending;

/**
 * Takes one exchange through fault gate, domain and latency: the reply leaves at `receivedAt + intended`, the domain's own time included.
 */
@Injectable()
export class ExchangeRunner {
  constructor(
    private readonly gate: FaultGate,
    private readonly profile: LatencyProfile,
    private readonly clock: Clock,
    private readonly metrics: ExchangeMetrics,
  ) {}

  /**
   * Runs `answer` unless a rule withholds it.
   * @throws what `answer` throws, except ProtocolError, which becomes a `fail` outcome; always after the intended latency
   */
  async run<T>(exchange: Exchange, answer: () => T | Promise<T>): Promise<Outcome<T>> {
    this.metrics.started(exchange);
    try {
      exchange.intendedMs += this.profile.sample(exchange);
      const pending = this.gate.judge(exchange);
      if (pending !== undefined) await pending;
      return await this.decide(exchange, answer);
    } finally {
      exchange.finish();
    }
  }

  private async decide<T>(exchange: Exchange, answer: () => T | Promise<T>): Promise<Outcome<T>> {
    const ending = exchange.ending;
    if (ending !== undefined && !exchange.processFirst) {
      await this.hold(exchange);
      return ending;
    }
    try {
      const reply = await answer();
      await this.hold(exchange);
      // The domain may itself have ended the exchange while it worked.
      return exchange.ending ?? { kind: 'reply', value: reply };
    } catch (failure) {
      await this.hold(exchange);
      if (failure instanceof ProtocolError) {
        return exchange.ending ?? { kind: 'fail', code: failure.code, detail: failure.detail };
      }
      throw failure;
    }
  }

  private hold(exchange: Exchange): Promise<void> | undefined {
    if (exchange.intendedMs <= 0) return undefined;
    return this.clock.sleepUntil(exchange.receivedAtMs + exchange.intendedMs);
  }
}
