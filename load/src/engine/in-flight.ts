/** Counts operations in progress and integrates the count over time: the measured side of Little's law (spec 3.2). */
export class InFlightGauge {
  private current = 0;
  private highest = 0;
  private integral = 0;
  private changedAt: number;

  constructor(startAt: number) {
    this.changedAt = startAt;
  }

  get count(): number {
    return this.current;
  }

  get max(): number {
    return this.highest;
  }

  enter(now: number): void {
    this.advance(now);
    this.current += 1;
    this.highest = Math.max(this.highest, this.current);
  }

  leave(now: number): void {
    this.advance(now);
    this.current -= 1;
  }

  /** Operation-milliseconds accumulated until `now`. */
  integralAt(now: number): number {
    this.advance(now);
    return this.integral;
  }

  private advance(now: number): void {
    if (now <= this.changedAt) return;
    this.integral += this.current * (now - this.changedAt);
    this.changedAt = now;
  }
}
