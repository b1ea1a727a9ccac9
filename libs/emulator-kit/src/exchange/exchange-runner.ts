import { Injectable } from '@nestjs/common';
import { FaultGate } from '../faults/fault-gate.js';
import { LatencyProfile } from '../latency/latency-profile.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { tracingState } from '../telemetry/tracing-state.js';
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
    return this.start(exchange, answer);
  }

  /** The same without a promise when nothing has to be waited for: the common case of a call that no rule strikes. */
  start<T>(exchange: Exchange, answer: Answer<T>): Outcome<T> | Promise<Outcome<T>> {
    this.metrics.started(exchange);
    const baselineMs = this.profile.sample(exchange);
    if (typeof baselineMs !== 'number') return this.judgeLater(exchange, baselineMs, answer);
    exchange.intendedMs += baselineMs;
    const pending = this.gate.judge(exchange);
    if (pending !== undefined || isTouched(exchange)) return this.waitAndDecide(exchange, pending, answer);
    let reply: T | Promise<T>;
    try {
      reply = answer();
    } catch (failure) {
      return this.waitAndDecide(exchange, undefined, () => Promise.reject(failure as Error));
    }
    if (reply instanceof Promise || isTouched(exchange)) return this.waitAndDecide(exchange, undefined, () => reply);
    exchange.finish();
    return { kind: 'reply', value: reply };
  }

  /**
   * Whether nothing at all can happen to calls of the operation now: no rule is meant for it, it has no baseline, nobody watches exchanges
   * and none is traced. The domain may then answer at once without an exchange; `ExchangeMetrics.passed` and `Journal.pass` take note of it.
   */
  isPlain(operation: string): boolean {
    if (this.gate.hasRules(operation) || this.profile.hasBaseline(operation)) return false;
    return !this.metrics.isWatched && !tracingState.isRecording;
  }

  private async judgeLater<T>(exchange: Exchange, baselineMs: Promise<number>, answer: Answer<T>): Promise<Outcome<T>> {
    exchange.intendedMs += await baselineMs;
    return this.waitAndDecide(exchange, this.gate.judge(exchange), answer);
  }

  private async waitAndDecide<T>(
    exchange: Exchange,
    pending: Promise<void> | undefined,
    answer: Answer<T>,
  ): Promise<Outcome<T>> {
    try {
      if (pending !== undefined) await pending;
      return await this.decide(exchange, answer);
    } finally {
      exchange.finish();
    }
  }

  private async decide<T>(exchange: Exchange, answer: Answer<T>): Promise<Outcome<T>> {
    const { ending, repetition } = exchange;
    if (ending !== undefined && !exchange.processFirst) {
      await this.hold(exchange);
      return ending;
    }
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

  /** A copy that is still to come does not keep a stopping process alive. */
  private pause(gapMs: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(gapMs, resolve));
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

/** Whether anything but the plain reply, at once, was decided. */
function isTouched({ intendedMs, ending, repetition }: Exchange): boolean {
  return intendedMs > 0 || ending !== undefined || repetition !== undefined;
}

async function settled<T>(answer: Answer<T>): Promise<PromiseSettledResult<T>> {
  const [outcome] = await Promise.allSettled([(async () => answer())()]);
  return outcome;
}

function unwrapped<T>(outcome: PromiseSettledResult<T>): T {
  if (outcome.status === 'fulfilled') return outcome.value;
  throw outcome.reason;
}
