import type { Message } from '../domain/message.js';
import type { Step, TimingWheel } from '../schedule/timing-wheel.js';
import type { Carrier } from './journey.js';
import type { OperatorVerdict } from './operators.js';

interface Parts {
  readonly wheel: TimingWheel;
  readonly carrier: Carrier;
}

/** The way of all messages that an operator delivers after the same time: two steps that they share, nothing for each of them. */
export class TroddenWay {
  /** Arrival, by whole milliseconds from it to the report: with fractions of milliseconds there are two lengths. */
  private readonly arrivals = new Map<number, Step<Message>>();
  private readonly report: Step<Message>;

  constructor(
    private readonly verdict: OperatorVerdict,
    private readonly parts: Parts,
  ) {
    const { state, error } = verdict;
    const told = { afterMs: 0, state, error };
    this.report = { take: (message) => parts.carrier.report(message, told) };
  }

  /** Sends a message on its way at `startMs`; it is never early. */
  begin(message: Message, startMs: number): void {
    const { arrivesMs = 0, reportMs } = this.verdict;
    const arrivesAtMs = Math.ceil(startMs + arrivesMs);
    const gapMs = Math.ceil(startMs + reportMs) - arrivesAtMs;
    this.parts.wheel.send(arrivesAtMs, this.arrivals.get(gapMs) ?? this.arrivalBefore(gapMs), message);
  }

  private arrivalBefore(gapMs: number): Step<Message> {
    const { wheel, carrier } = this.parts;
    const { report } = this;
    const arrival: Step<Message> = {
      take(message, tickMs) {
        carrier.arrive(message, { afterMs: 0, text: message.text });
        if (gapMs > 0) wheel.send(tickMs + gapMs, report, message);
        else report.take(message, tickMs);
      },
    };
    this.arrivals.set(gapMs, arrival);
    return arrival;
  }
}
