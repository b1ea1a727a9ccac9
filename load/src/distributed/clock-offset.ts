import type { Clock, StopTicking } from '../engine/clock.js';
import type { ClockReading } from './messages.js';

const REMEMBERED = 8;
/** How fast a running clock may be corrected: nobody sees half a millisecond in a second in a latency. */
const SLEW = 0.0005;

/** One question about the time and its answer: sent and heard by the worker's clock, the rest by the coordinator's. */
export interface ClockExchange {
  sentAt: number;
  receivedAt: number;
  answeredAt: number;
  heardAt: number;
}

/**
 * Difference of two clocks as NTP measures it (RFC 5905, section 8): the exchange with the shortest way there and back
 * tells most, and half of that way is the bound of the error.
 */
export class ClockOffset {
  private readonly readings: ClockReading[] = [];

  add({ sentAt, receivedAt, answeredAt, heardAt }: ClockExchange): void {
    const offsetMs = (receivedAt - sentAt + (answeredAt - heardAt)) / 2;
    const errorMs = Math.max(0, (heardAt - sentAt - (answeredAt - receivedAt)) / 2);
    this.readings.push({ offsetMs, errorMs });
    if (this.readings.length > REMEMBERED) this.readings.shift();
  }

  get count(): number {
    return this.readings.length;
  }

  /** What has to be added to the worker's clock to get the coordinator's. */
  get best(): ClockReading {
    const [first = { offsetMs: 0, errorMs: 0 }, ...others] = this.readings;
    return others.reduce((best, each) => (each.errorMs < best.errorMs ? each : best), first);
  }
}

/** A worker's clock set to the coordinator's. While a run lasts it is corrected slowly and never goes back. */
export class SteeredClock implements Clock {
  private appliedMs = 0;
  private wantedMs = 0;
  private steeredAt: number;

  constructor(private readonly own: Clock) {
    this.steeredAt = own.now();
  }

  /** The worker's own time, which exchanges are measured in. */
  get unsteered(): Clock {
    return this.own;
  }

  get offsetMs(): number {
    return this.appliedMs;
  }

  /** Puts the clock right at once; only while nothing is being measured. */
  set(offsetMs: number): void {
    this.appliedMs = offsetMs;
    this.wantedMs = offsetMs;
    this.steeredAt = this.own.now();
  }

  /** Brings the clock to the offset little by little. */
  steer(offsetMs: number): void {
    this.wantedMs = offsetMs;
  }

  now(): number {
    const own = this.own.now();
    const reach = Math.max(0, own - this.steeredAt) * SLEW;
    this.appliedMs += Math.min(Math.max(this.wantedMs - this.appliedMs, -reach), reach);
    this.steeredAt = own;
    return own + this.appliedMs;
  }

  every(periodMs: number, tick: () => void): StopTicking {
    return this.own.every(periodMs, tick);
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return this.own.sleep(delayMs, signal);
  }
}
