import { Injectable } from '@nestjs/common';
import { Exchange, ExchangeMetrics, ExchangeRunner, Journal } from '@poligon/emulator-kit';
import type { Message } from '../domain/message.js';
import { subjectOf } from '../domain/phone.js';
import { TimingWheel } from '../schedule/timing-wheel.js';

/** Lets the rules of an emulator decide on what it sends by itself. */
@Injectable()
export class CallbackGate {
  constructor(
    private readonly runner: ExchangeRunner,
    private readonly metrics: ExchangeMetrics,
    private readonly journal: Journal,
    private readonly wheel: TimingWheel,
  ) {}

  /** The exchange when nothing keeps the event from leaving; rules may have delayed it. */
  async pass(operation: string, { phone, account, id }: Message, facts: object): Promise<Exchange | undefined> {
    const receivedAtMs = this.wheel.clock.monotonicMs();
    const exchange = new Exchange({
      operation,
      subject: subjectOf(phone),
      client: account,
      receivedAtMs,
      lookup: (path) => (facts as Record<string, unknown>)[path],
    });
    const outcome = await this.runner.run(exchange, () => undefined);
    this.metrics.ended(exchange, outcome.kind, this.wheel.clock.monotonicMs() - receivedAtMs);
    this.journal.record(exchange, outcome.kind, { id, phone, ...facts });
    return outcome.kind === 'reply' ? exchange : undefined;
  }
}
