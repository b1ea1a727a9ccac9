import type { Language } from '../run-options.js';

/** A sentence in every language of the reports. */
export type Sentence = Record<Language, string>;

export type Layer = 'generator' | 'application' | 'database' | 'neighbour' | 'host';

export type FindingKind =
  | 'generator-unfit'
  | 'slow-statement'
  | 'database-load'
  | 'lock-contention'
  | 'connection-pool'
  | 'neighbour-slow'
  | 'neighbour-refuses'
  | 'cpu'
  | 'memory'
  | 'queue'
  | 'drift'
  | 'unexplained';

export interface Finding {
  kind: FindingKind;
  layer: Layer;
  /** Who it is about: a system's name, a statement, a stage. */
  subject: string;
  /** Operations that suffer. */
  operations: string[];
  /** 0…1: share of the time of the operations in flight it accounts for, weighted by its evidence. */
  score: number;
  /** Part of the score that is seen at work; the rest of it is a claim on time nothing is seen to hold. Absent where nothing is divided. */
  seenShare?: number;
  confidence: 'high' | 'medium' | 'low';
  title: Sentence;
  evidence: Evidence[];
  /** What speaks against it, or limits it. */
  counterEvidence: Evidence[];
  /** From recommendations.yaml, filled in; one entry per item. */
  recommendations: Sentence[];
}

export interface Evidence {
  text: Sentence;
  metric?: string;
  unit?: string;
  /** Steps and values compared. */
  baselineStep?: number;
  before?: number;
  step?: number;
  after?: number;
  /** Readings or samples behind the value. */
  n?: number;
}
