/** Stops whatever `Clock.every` started. */
export type StopTicking = () => void;

/** Time as the engine sees it. All values are milliseconds; fractions are meaningful. */
export interface Clock {
  /** Epoch milliseconds from a source that never goes back. */
  now(): number;
  /** Calls `tick` about every `periodMs` until stopped. */
  every(periodMs: number, tick: () => void): StopTicking;
  /** Resolves after `delayMs`, or at once when `signal` is aborted. Never rejects. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
