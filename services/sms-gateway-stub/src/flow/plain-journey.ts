import type { Message, MessageState } from '../domain/message.js';
import type { Due, TimingWheel } from '../schedule/timing-wheel.js';
import type { Carrier } from './journey.js';
import type { OperatorVerdict } from './operators.js';

/** The way of a message nobody meddles with: to the handset, if it gets there, then the final state. Light, for there are millions. */
export class PlainJourney implements Due {
  /** Whole milliseconds of monotonic time, never early; undefined when it does not come or has come. */
  private arrivesAtMs: number | undefined;
  private readonly reportsAtMs: number;
  private readonly state: MessageState;
  private readonly error: number;

  constructor(
    private readonly message: Message,
    { arrivesMs, reportMs, state, error }: OperatorVerdict,
    startMs: number,
    private readonly parts: { readonly wheel: TimingWheel; readonly carrier: Carrier },
  ) {
    this.arrivesAtMs = arrivesMs === undefined ? undefined : Math.ceil(startMs + arrivesMs);
    this.reportsAtMs = Math.ceil(startMs + reportMs);
    this.state = state;
    this.error = error;
  }

  begin(): void {
    this.parts.wheel.schedule(this.arrivesAtMs ?? this.reportsAtMs, this);
  }

  run(): void {
    const { message, arrivesAtMs, reportsAtMs, state, error } = this;
    const { carrier, wheel } = this.parts;
    if (arrivesAtMs !== undefined) {
      this.arrivesAtMs = undefined;
      carrier.arrive(message, { afterMs: 0, text: message.text });
      if (reportsAtMs > arrivesAtMs) {
        wheel.schedule(reportsAtMs, this);
        return;
      }
    }
    // An operator that never tells leaves it sent.
    if (state !== 'sent') carrier.report(message, { afterMs: 0, state, error });
  }
}
