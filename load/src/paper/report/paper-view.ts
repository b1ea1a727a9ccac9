import type { Analysis } from '../../analysis/analysis.js';
import { viewOf } from '../../report/report-view.js';
import type { ReportView } from '../../report/report-view.js';
import type { RunModel } from '../../report/run-model.js';
import type { Language } from '../../run-options.js';
import type { KeptTexts } from '../kept-texts.js';
import { paperWords } from './paper-words.js';
import type { PaperWords } from './paper-words.js';

/** One run of the report: its files read, and its analysis when there is one. */
export interface ReportedRun {
  readonly model: RunModel;
  readonly analysis: Analysis | undefined;
}

/** A run together with the words of the report's language. */
export interface RunView extends ReportView {
  readonly analysis: Analysis | undefined;
  readonly words: PaperWords;
  readonly language: Language;
}

/** Everything the report is made of. */
export interface PaperSource {
  readonly language: Language;
  /** In the order they are reported; at least one. */
  readonly runs: readonly ReportedRun[];
  readonly kept: KeptTexts;
}

export interface PaperView {
  readonly language: Language;
  readonly words: PaperWords;
  readonly runs: readonly RunView[];
  readonly kept: KeptTexts;
  /** Values that the editable texts may name. */
  readonly values: Readonly<Record<string, string>>;
}

export function paperView({ language, runs, kept }: PaperSource): PaperView {
  const words = paperWords(language);
  const views = runs.map(({ model, analysis }) => ({ ...viewOf(model, language), analysis, words, language }));
  const lmax = runs.map(({ model }) => model.search?.lmaxPercent).find((percent) => percent !== undefined);
  const { system, customer, release } = kept.stand;
  return {
    language,
    words,
    kept,
    runs: views,
    values: { system, customer, release, lmax: lmax === undefined ? '–' : String(lmax) },
  };
}

/** Kind of the test in the words of the customer's plan. */
export function kindOf({ model, words, language }: RunView): string {
  const { plan } = model.planned;
  if (plan.search) return words.kinds.search;
  if (plan.reliability) return words.kinds.reliability;
  return plan.description[language] === ''
    ? `${words.kinds.custom} ${plan.name}`
    : `${plan.name}: ${plan.description[language]}`;
}
