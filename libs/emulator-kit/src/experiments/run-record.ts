/** How a run ended: all stages passed, an objective was broken, somebody stopped it, or its rules could not be set. */
export type Verdict = 'passed' | 'halted' | 'stopped' | 'failed';

/** One thing that happened in a run. */
export interface TimelineEntry {
  /** Wall time, ISO 8601 UTC. */
  readonly at: string;
  readonly elapsedMs: number;
  readonly event: 'started' | 'stage' | 'breach' | 'ended';
  readonly round: number;
  readonly stage?: string | undefined;
  readonly detail?: string | undefined;
}

/** Entries kept of one run; a run that loops for days keeps its first ones and its end. */
const MAX_TIMELINE = 500;

/** What is kept of one run. */
export class RunRecord {
  readonly timeline: TimelineEntry[] = [];
  verdict: Verdict | undefined;
  endedAt: string | undefined;

  constructor(readonly startedAt: string) {}

  add(entry: TimelineEntry): void {
    if (this.timeline.length >= MAX_TIMELINE) this.timeline.pop();
    this.timeline.push(entry);
  }
}
