import type { SignatureSamples } from '../observe/signature-samples.js';
import type { Language } from '../run-options.js';
import type { Reason, VerdictWord } from '../verdict/verdict.js';
import { TEXTS_EN } from './texts.en.js';
import { TEXTS_RU } from './texts.ru.js';

/** Numbers as the report's language writes them. */
export interface Numbers {
  integer: (value: number | undefined) => string;
  /** With one digit after the point. */
  decimal: (value: number | undefined) => string;
  /** Date and time, UTC. */
  moment: (epochMs: number) => string;
  clock: (epochMs: number) => string;
}

/** All words of a report. */
export interface ReportTexts {
  language: Language;
  title: string;
  verdicts: Record<VerdictWord, string>;
  reason(reason: Reason, title: (operation: string) => string): string;
  successLine: string;
  sections: Record<
    | 'conclusions'
    | 'search'
    | 'profile'
    | 'steps'
    | 'details'
    | 'charts'
    | 'errors'
    | 'calls'
    | 'fitness'
    | 'onec'
    | 'conditions',
    string
  >;
  meta: Record<'run' | 'target' | 'plan' | 'profile' | 'seed' | 'start' | 'duration' | 'generator', string>;
  cards: Record<'operations' | 'succeeded' | 'failed' | 'accuracy' | 'inFlight' | 'lag', string>;
  columns: Record<
    'search' | 'profile' | 'step' | 'details' | 'errors' | 'calls' | 'fitness' | 'onec' | 'prepare' | 'faults',
    string[]
  >;
  total: string;
  stepHeading(level: string, from: string, to: string): string;
  stepNumber(step: number): string;
  notes: {
    accuracy: string;
    few(operations: string): string;
    details: string;
    calls: string;
    unconfirmed(operations: string): string;
    allConfirmed: string;
    noErrors: string;
    noHolds: string;
    onecAbsent: string;
    onecFailed(error: string): string;
    noFaults: string;
    doorFailed(error: string): string;
    signatures(samples: SignatureSamples): string;
    littleNotApplied: string;
    fitness: string;
    search: string;
  };
  purposes: Record<'search' | 'confirm', string>;
  points: Record<'degradation' | 'errors' | 'saturation' | 'throughput' | 'none', string>;
  pointValue: Record<'degradation' | 'errors' | 'saturation', (value: string, title: string) => string>;
  /** What is said about the level of a reliability test. */
  reliability(level: { kind: string; levelPercent: number; lmaxPercent: number }): string;
  /** Said of every run with shortened times. */
  rehearsal(factor: string): string;
  prepareSteps: Record<'structure' | 'people' | 'certificates' | 'stock', string>;
  prepareHeading: string;
  faultsHeading: string;
  contractHeading: string;
  repeatHeading: string;
  moments: Record<'start' | 'end', string>;
  chart: {
    latency: string;
    throughput: string;
    generator: string;
    planned: string;
    completed: string;
    inFlight: string;
    cpu: string;
    hold: string;
    perSecond: string;
    milliseconds: string;
    operation: string;
    failed: string;
    slaOutside(limit: string): string;
  };
}

/** The dictionary of a language. */
export function textsFor(language: Language): ReportTexts {
  return language === 'en' ? TEXTS_EN : TEXTS_RU;
}

/** How the language writes numbers and times. */
export function numbersFor(language: Language): Numbers {
  const locale = language === 'en' ? 'en-GB' : 'ru-RU';
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: 'UTC' });
  return {
    integer: (value) => (value === undefined ? '–' : integers.format(value)),
    decimal: (value) => (value === undefined ? '–' : decimals.format(value)),
    moment: (epochMs) => `${moment.format(epochMs)} UTC`,
    clock: (epochMs) => clock.format(epochMs),
  };
}
