import type { ObserverReport, TimedAnnotation } from '../analysis/analysis.js';

/** The beginning or the end of the judged part of a hold. */
export interface HoldEdge {
  step: number;
  levelPercent: number;
  edge: 'start' | 'end';
  /** Epoch milliseconds. */
  at: number;
}

/** The moment of a reading and the judged hold it falls into, if any. */
export interface Moment {
  at: number;
  step?: number;
}

/** Where an observer writes what it has read: one JSON value per line of `observed/<name>.ndjson`. */
export type Write = (file: ObservedFile, line: unknown) => void;

export const OBSERVED_FILES = ['statements', 'sessions', 'locks', 'tables', 'metrics', 'services', 'events'] as const;
export type ObservedFile = (typeof OBSERVED_FILES)[number];

/** Watches one neighbour of the load. Whatever it throws is noted in its report and never reaches the run. */
export interface Observer {
  readonly name: string;
  /** Before the load; an observer that cannot be opened is left out. */
  open(): Promise<void>;
  /** About once a second, never twice at a time. */
  tick?(moment: Moment): Promise<void>;
  hold?(edge: HoldEdge): Promise<void>;
  /** After the load. `period` is that of the load, epoch milliseconds. */
  close(period: { from: number; to: number }): Promise<void>;
  /** What limits the readings, in the languages of the reports. */
  note?(): ObserverReport['note'];
}

/** One line of events.ndjson. */
export type EventLine = TimedAnnotation;
