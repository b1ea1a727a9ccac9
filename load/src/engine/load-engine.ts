import type { Clock } from './clock.js';
import type { Course, StopWord } from './course.js';
import type { Crew } from './crew.js';
import type { HoldReading } from './hold-reading.js';
import type { Cell } from './recorder.js';
import type { Phase } from './timeline.js';
import { judgedMs, totalMs } from './timeline.js';

export type { HoldReading } from './hold-reading.js';

export interface EngineOptions {
  clock: Clock;
  course: Course;
  /** Carries the arrivals out. */
  crew: Crew;
  /** Epoch milliseconds at which the load starts. */
  startAt: number;
  drainMs: number;
  /** Silence between breaking off and starting anew, in which the system works off its backlog. */
  restMs?: number;
  /** Index of the first phase to run; earlier ones were run before an interruption. */
  firstPhase?: number;
  signal: AbortSignal;
  /** Called with each finished hold, once its operations have ended. */
  onHold?: (reading: HoldReading) => void;
}

export interface EngineResult {
  cells: Cell[];
  holds: HoldReading[];
  interrupted: boolean;
}

/** Runs a course in the open model: ramp, hold, next step; then waits for the stragglers. */
export class LoadEngine {
  readonly crew: Crew;
  private readonly holds: HoldReading[] = [];
  private active: Phase | undefined;
  private leg = new AbortController();
  private judgements: Promise<void>[] = [];
  private readonly failed = new Map<number, StopWord>();
  private isEnded = false;

  constructor(private readonly options: EngineOptions) {
    this.crew = options.crew;
  }

  /** The phase being run; undefined before the start and while draining. */
  get phase(): Phase | undefined {
    return this.active;
  }

  async run(): Promise<EngineResult> {
    const { course, signal, drainMs } = this.options;
    let at = this.options.firstPhase ?? 0;
    while (!signal.aborted) {
      const phase = course.phases[at];
      if (phase && !this.leg.signal.aborted) {
        await this.runPhase(phase);
        at += 1;
        continue;
      }
      await this.finishLeg(at);
      if (!this.isExtended()) break;
    }
    this.active = undefined;
    await this.crew.drain(signal.aborted ? 0 : drainMs, signal);
    return { cells: this.crew.recorder.all(), holds: this.holds, interrupted: signal.aborted };
  }

  /** Breaks off what is being sent, as a stop rule demands; the course then decides whether anything follows. */
  breakOff(word: StopWord): void {
    if (!this.active || this.leg.signal.aborted) return;
    this.options.course.broken(this.active.step, word);
    this.leg.abort();
  }

  /** Ends the load: nothing follows what is being sent now. */
  end(): void {
    this.isEnded = true;
    this.leg.abort();
  }

  /** The hold being run goes on to its end, is judged as failed, and no step follows it. */
  failStep(word: StopWord): void {
    if (this.active) this.failed.set(this.active.step, word);
  }

  private async finishLeg(at: number): Promise<void> {
    const { clock, course, signal, drainMs, startAt } = this.options;
    this.active = undefined;
    course.forget(at);
    if (!this.leg.signal.aborted) {
      const either = AbortSignal.any([signal, this.leg.signal]);
      await clock.sleep(startAt + totalMs(course.phases) - clock.now(), either);
    }
    await this.crew.drain(drainMs, signal);
    await Promise.all(this.judgements);
    this.judgements = [];
  }

  private isExtended(): boolean {
    const { clock, course, signal, startAt, restMs = 0 } = this.options;
    if (signal.aborted || this.isEnded || !course.extend(clock.now() - startAt + restMs)) return false;
    this.leg = new AbortController();
    return true;
  }

  private async runPhase(phase: Phase): Promise<void> {
    const { clock, course, crew, startAt, signal } = this.options;
    const phaseAt = startAt + phase.startMs;
    const either = AbortSignal.any([signal, this.leg.signal]);
    await clock.sleep(phaseAt - clock.now(), either);
    this.active = phase;
    const watch = judgedMs(phase) > 0 ? crew.measure(phase, either) : Promise.resolve(undefined);
    await crew.send(course.phases, phase.index, either);
    await clock.sleep(phaseAt + phase.durationMs - clock.now(), either);
    const reading = await watch;
    if (either.aborted) phase.cutMs = Math.min(Math.max(clock.now() - phaseAt, 0), phase.durationMs);
    else if (phase.kind === 'hold') course.sent(phase.step);
    if (reading) this.judgements.push(this.conclude(reading));
  }

  /** Judges a hold when its operations have ended; the next ramp is under way by then. */
  private async conclude(measured: HoldReading): Promise<void> {
    const { course, drainMs, signal, onHold } = this.options;
    const reading = await this.crew.conclude(measured, drainMs, signal);
    if (signal.aborted) return;
    this.holds.push(reading);
    const stopped = this.failed.get(reading.step);
    if (stopped) course.broken(reading.step, stopped);
    const decision = stopped ? 'cut' : course.judge(reading);
    onHold?.(reading);
    if (decision === 'cut') this.leg.abort();
  }
}
