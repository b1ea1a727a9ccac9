import { mkdirSync } from 'node:fs';
import type { ObserverReport } from '../analysis/analysis.js';
import type { Clock } from '../engine/clock.js';
import type { Phase } from '../engine/timeline.js';
import { sentMs } from '../engine/timeline.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { NdjsonWriter } from '../run-folder/run-folder.js';
import type { HoldEdge, Moment, ObservedFile, Observer } from './observer.js';

const TICK_MS = 1000;
const EDGE_MS = 100;
/** An observer that does not end is left behind: the run's verdict must not wait for a dead database. */
const CLOSE_TIMEOUT_MS = 20_000;

interface Watched {
  observer: Observer;
  isOpen: boolean;
  isBusy: boolean;
  readings: number;
  failures: number;
  error?: string;
}

/** Makes observers of the place they write to and of a way to count what they read. */
export type MakeObservers = (write: (file: ObservedFile, line: unknown) => void) => readonly Observer[];

/** Runs the observers beside the load and writes `observed/*.ndjson` and `observers.json` into the run folder. */
export class Monitoring {
  private readonly watched: Watched[];
  private readonly files = new Map<ObservedFile, NdjsonWriter<unknown>>();
  private hold: HoldEdge | undefined;
  private stopTicking: (() => void)[] = [];
  private startedAt = 0;

  constructor(
    private readonly folder: RunFolder,
    private readonly clock: Clock,
    make: MakeObservers,
  ) {
    mkdirSync(folder.file('observed'), { recursive: true });
    const observers = make((file, line) => this.write(file, line));
    this.watched = observers.map((observer) => ({ observer, isOpen: false, isBusy: false, readings: 0, failures: 0 }));
  }

  /** Opens what can be opened; never rejects. */
  async open(): Promise<void> {
    await Promise.all(
      this.watched.map(async (each) => {
        each.isOpen = await this.attempt(each, () => within(each.observer.open(), CLOSE_TIMEOUT_MS));
      }),
    );
  }

  /** Follows the load until `close`. `phase` gives what is being sent; `startAt` is the start of the load. */
  follow(phase: () => Phase | undefined, startAt: number): void {
    this.startedAt = startAt;
    const { clock } = this;
    this.stopTicking = [
      clock.every(EDGE_MS, () => this.watchEdges(judgedStep(phase(), clock.now() - startAt))),
      clock.every(TICK_MS, () => this.tick()),
    ];
  }

  /** Ends the watching and writes what became of every observer; never rejects. */
  async close(): Promise<void> {
    for (const stop of this.stopTicking) stop();
    this.watchEdges(undefined);
    await within(Promise.allSettled(this.pending), CLOSE_TIMEOUT_MS).catch(() => undefined);
    const to = this.clock.now();
    const period = { from: this.startedAt || to, to };
    await Promise.all(
      this.watched
        .filter((each) => each.isOpen)
        .map((each) => this.attempt(each, () => within(each.observer.close(period), CLOSE_TIMEOUT_MS))),
    );
    await Promise.allSettled([...this.files.values()].map((file) => file.close()));
    this.folder.write('observers.json', this.watched.map(reportOf));
  }

  /** Readings under way: an observer is closed when they are over. */
  private readonly pending = new Set<Promise<unknown>>();

  private watchEdges(now: Pick<HoldEdge, 'step' | 'levelPercent'> | undefined): void {
    if (this.hold?.step === now?.step) return;
    const at = this.clock.now();
    const edges: HoldEdge[] = [];
    if (this.hold) edges.push({ ...this.hold, edge: 'end', at });
    if (now) edges.push({ ...now, edge: 'start', at });
    this.hold = edges.findLast(({ edge }) => edge === 'start');
    for (const edge of edges) this.tell(edge);
  }

  private tell(edge: HoldEdge): void {
    for (const each of this.watched) {
      if (!each.isOpen || !each.observer.hold) continue;
      const told = this.attempt(each, () => (each.observer.hold as (edge: HoldEdge) => Promise<void>)(edge));
      this.follows(told);
    }
  }

  private tick(): void {
    const moment: Moment = { at: Math.round(this.clock.now()), ...(this.hold ? { step: this.hold.step } : {}) };
    for (const each of this.watched) {
      if (!each.isOpen || each.isBusy || !each.observer.tick) continue;
      each.isBusy = true;
      const done = this.attempt(each, () => (each.observer.tick as (moment: Moment) => Promise<void>)(moment));
      this.follows(done.finally(() => (each.isBusy = false)));
    }
  }

  private follows(reading: Promise<unknown>): void {
    this.pending.add(reading);
    void reading.finally(() => this.pending.delete(reading));
  }

  private async attempt(each: Watched, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      each.readings += 1;
      return true;
    } catch (error) {
      each.failures += 1;
      each.error ??= firstLine(error);
      return false;
    }
  }

  private write(file: ObservedFile, line: unknown): void {
    let writer = this.files.get(file);
    if (!writer) {
      writer = new NdjsonWriter<unknown>(this.folder.file(`observed/${file}.ndjson`));
      this.files.set(file, writer);
    }
    writer.write(line);
  }
}

/** The judged hold at a moment, milliseconds from the start of the load. */
function judgedStep(phase: Phase | undefined, offsetMs: number): Pick<HoldEdge, 'step' | 'levelPercent'> | undefined {
  if (phase?.kind !== 'hold') return undefined;
  const inside = offsetMs - phase.startMs;
  if (inside < phase.settleMs || inside >= sentMs(phase)) return undefined;
  return { step: phase.step, levelPercent: phase.toPercent };
}

function reportOf({ observer, isOpen, readings, failures, error }: Watched): ObserverReport {
  const state = !isOpen ? 'failed' : failures > 0 ? 'partly' : 'ok';
  const note = observer.note?.();
  return { name: observer.name, state, readings, ...(error === undefined ? {} : { error }), ...(note ? { note } : {}) };
}

function firstLine(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return (message || code || String(error)).split('\n')[0]!.slice(0, 300);
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no end within ${timeoutMs / 1000} s`)), timeoutMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
