import { Injectable } from '@nestjs/common';
import { Clock, Exchange, ExchangeMetrics, ExchangeRunner, Journal, Logger, Tracing } from '@poligon/emulator-kit';
import { reachedOutcome, type JobRun } from '../domain/job-run.js';
import { PortalFailure, RunInterrupted, TaskGaveUp } from '../protocol/hrlink/portal-failure.js';
import { endingText } from './job.errors.js';

/** Takes a run through the fault gate as an exchange with a root span and a journal entry, and settles how it ended. */
@Injectable()
export class JobExchange {
  constructor(
    private readonly runner: ExchangeRunner,
    private readonly tracing: Tracing,
    private readonly metrics: ExchangeMetrics,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Runs `work`; afterwards the run has its outcome, error and end. Never throws. */
  async run(run: JobRun, work: (exchange: Exchange) => Promise<void>): Promise<void> {
    const exchange = new Exchange({
      operation: `onec.job.${run.job}`,
      client: run.trigger,
      receivedAtMs: this.clock.monotonicMs(),
    });
    const span = this.tracing.startExchange(exchange, undefined);
    await this.tracing.within(span, () => this.settle(run, exchange, work));
    run.finishedAt = this.clock.isoNow();
    const word = run.outcome === 'succeeded' || run.outcome === 'partial' ? 'reply' : 'fail';
    this.metrics.ended(exchange, word, this.clock.monotonicMs() - exchange.receivedAtMs);
    this.tracing.endExchange(span, exchange, word);
    const { id, job, trigger, outcome, items, calls, error } = run;
    const wire = { run: id, job, trigger, outcome, items, calls, error };
    this.journal.record(exchange, word, wire, this.tracing.traceIdOf(span));
    this.logger.info('job.finished', { job, run: id, outcome, ...items, calls, error });
  }

  private async settle(run: JobRun, exchange: Exchange, work: (exchange: Exchange) => Promise<void>): Promise<void> {
    try {
      const outcome = await this.runner.run(exchange, () => work(exchange));
      run.outcome = outcome.kind === 'reply' ? reachedOutcome(run) : 'failed';
      if (outcome.kind !== 'reply') run.error = endingText(outcome);
    } catch (failure) {
      run.outcome = outcomeOf(failure);
      run.error = failure instanceof PortalFailure ? failure.message : String(failure);
      if (failure instanceof RunInterrupted) run.error = null;
      else if (!(failure instanceof PortalFailure)) this.logCrash(run, failure);
    }
  }

  private logCrash(run: JobRun, failure: unknown): void {
    const reason = failure instanceof Error ? failure.stack : String(failure);
    this.logger.error('job.crashed', { job: run.job, run: run.id, failure: reason });
  }
}

function outcomeOf(failure: unknown): 'gave-up' | 'interrupted' | 'failed' {
  if (failure instanceof TaskGaveUp) return 'gave-up';
  return failure instanceof RunInterrupted ? 'interrupted' : 'failed';
}
