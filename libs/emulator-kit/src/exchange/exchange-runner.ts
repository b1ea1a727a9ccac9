import { Injectable } from '@nestjs/common';
import { FaultGate } from '../faults/fault-gate.js';
import { LatencyProfile } from '../latency/latency-profile.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { ProtocolError } from './error-catalogue.js';
import type { Ending, Exchange, Repetition } from './exchange.js';

/** How an exchange ended; the protocol adapter turns it into bytes. */
export type Outcome<T> = { readonly kind: 'reply'; readonly value: T } | Ending;

type Answer<T> = () => T | Promise<T>;

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
    private readonly logger: Logger,
  ) {}

  /**
   * Runs `answer` unless a rule withholds it.
   * @throws what `answer` throws, except ProtocolError, which becomes a `fail` outcome; always after the intended latency
   */
  async run<T>(exchange: Exchange, answer: Answer<T>): Promise<Outcome<T>> {
    this.metrics.started(exchange);
    try {
      const baselineMs = this.profile.sample(exchange);
      exchange.intendedMs += typeof baselineMs === 'number' ? baselineMs : await baselineMs;
      const pending = this.gate.judge(exchange);
      if (pending !== undefined) await pending;
      return await this.decide(exchange, answer);
    } finally {
      exchange.finish();
    }
  }

  private async decide<T>(exchange: Exchange, answer: Answer<T>): Promise<Outcome<T>> {
    const ending = exchange.ending;
    if (ending !== undefined && !exchange.processFirst) {
      await this.hold(exchange);
      return ending;
    }
    const { repetition } = exchange;
    try {
      const reply = await (repetition === undefined ? answer() : this.repeated(repetition, answer));
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

  /** Handles the call several times, one after another; all but the chosen handling are unseen, their errors too. */
  private async repeated<T>(repetition: Repetition, answer: Answer<T>): Promise<T> {
    if (repetition.reply === 'first') {
      const first = await settled(answer);
      void this.handleAgain(repetition, answer);
      return unwrapped(first);
    }
    for (let left = repetition.times - 1; left > 0; left -= 1) {
      this.noteUnseen(await settled(answer));
      await this.pause(repetition.gapMs);
    }
    return answer();
  }

  private async handleAgain<T>({ times, gapMs }: Repetition, answer: Answer<T>): Promise<void> {
    for (let left = times - 1; left > 0; left -= 1) {
      await this.pause(gapMs);
      this.noteUnseen(await settled(answer));
    }
  }

  private pause(gapMs: number): Promise<void> {
    return this.clock.sleepUntil(this.clock.monotonicMs() + gapMs);
  }

  /** A domain may well refuse what it has seen before; anything else is a defect somebody should hear of. */
  private noteUnseen(outcome: PromiseSettledResult<unknown>): void {
    if (outcome.status === 'fulfilled' || outcome.reason instanceof ProtocolError) return;
    this.logger.error('exchange.repetition-failed', { failure: String(outcome.reason) });
  }

  private hold(exchange: Exchange): Promise<void> | undefined {
    if (exchange.intendedMs <= 0) return undefined;
    return this.clock.sleepUntil(exchange.receivedAtMs + exchange.intendedMs);
  }
}

async function settled<T>(answer: Answer<T>): Promise<PromiseSettledResult<T>> {
  const [outcome] = await Promise.allSettled([(async () => answer())()]);
  return outcome;
}

function unwrapped<T>(outcome: PromiseSettledResult<T>): T {
  if (outcome.status === 'fulfilled') return outcome.value;
  throw outcome.reason;
}
