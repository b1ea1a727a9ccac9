import type { Message } from '../domain/message.js';
import type { Due, TimingWheel } from '../schedule/timing-wheel.js';
import type { Arrival, DeliveryPlan } from './delivery-plan.js';

/** Who carries out the steps of a journey. */
export interface Carrier {
  arrive(message: Message, arrival: Arrival): void;
  report(message: Message, report: DeliveryPlan['reports'][number]): void;
}

/** One message on its way: one entry in the wheel at a time, whatever the number of steps. */
export class Journey implements Due {
  private nextArrival: number;
  private nextReport: number;

  constructor(
    private readonly message: Message,
    private readonly plan: DeliveryPlan,
    private readonly startMs: number,
    private readonly parts: { readonly wheel: TimingWheel; readonly carrier: Carrier },
  ) {
    this.nextArrival = message.way?.arrived ?? 0;
    this.nextReport = message.way?.reported ?? 0;
  }

  /** Waits for the next step; does nothing when there is none. */
  begin(): void {
    const dueMs = this.nextDueMs();
    if (dueMs !== Infinity) this.parts.wheel.schedule(this.startMs + dueMs, this);
  }

  /** Takes every step due at this moment, then waits for the next. */
  run(): void {
    const dueMs = this.nextDueMs();
    while (this.nextDueMs() === dueMs && dueMs !== Infinity) this.step();
    this.begin();
  }

  private step(): void {
    const { arrivals, reports } = this.plan;
    const arrival = arrivals[this.nextArrival];
    const report = reports[this.nextReport];
    // The operator takes a message before the handset shows it, and reports it after.
    const isReport = report !== undefined && (arrival === undefined || comesFirst(report, arrival));
    const { way } = this.message;
    if (isReport) {
      this.nextReport += 1;
      if (way !== undefined) way.reported = this.nextReport;
      this.parts.carrier.report(this.message, report);
    } else {
      this.nextArrival += 1;
      if (way !== undefined) way.arrived = this.nextArrival;
      this.parts.carrier.arrive(this.message, arrival!);
    }
  }

  private nextDueMs(): number {
    const arrivesMs = this.plan.arrivals[this.nextArrival]?.afterMs ?? Infinity;
    const reportsMs = this.plan.reports[this.nextReport]?.afterMs ?? Infinity;
    return Math.min(arrivesMs, reportsMs);
  }
}

function comesFirst(report: DeliveryPlan['reports'][number], arrival: Arrival): boolean {
  return report.afterMs < arrival.afterMs || (report.afterMs === arrival.afterMs && report.state === 'sent');
}
