import type { HealthProbe } from './generator-health.js';
import type { HoldReading } from './hold-reading.js';
import type { Recorder } from './recorder.js';
import type { Phase } from './timeline.js';

/**
 * Whoever carries the arrivals out: this process, or workers elsewhere. The engine says what is to be sent when; the
 * crew answers for every planned arrival with exactly one sample in the recorder.
 */
export interface Crew {
  readonly recorder: Recorder;
  /** Operations started, refused by the in-flight ceiling, and in progress now. */
  readonly launched: number;
  readonly dropped: number;
  readonly inFlight: number;
  /** Launches the arrivals of `phases[at]` at their moments; resolves after the last one, or when aborted. */
  send(phases: readonly Phase[], at: number, signal: AbortSignal): Promise<void>;
  /** Watches the judged part of a hold that starts now or is under way; undefined when it was broken off. */
  measure(phase: Phase, signal: AbortSignal): Promise<HoldReading | undefined>;
  /**
   * Waits for the operations of a measured step, at most `drainMs`; the unfinished ones are recorded as lost. Gives the
   * reading complete: figures of elsewhere come in only now.
   */
  conclude(reading: HoldReading, drainMs: number, signal: AbortSignal): Promise<HoldReading>;
  /** Waits for everything in progress, at most `drainMs`; the rest is cancelled and recorded as lost. */
  drain(drainMs: number, signal: AbortSignal): Promise<void>;
  /** Reads what the generator uses; each probe measures between its own readings. */
  probe(): HealthProbe;
}
