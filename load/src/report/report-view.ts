import type { OperationId } from '../profiles/operations.js';
import { OPERATION_TITLES } from '../profiles/operations.js';
import type { Language } from '../run-options.js';
import type { RunModel } from './run-model.js';
import type { Numbers, ReportTexts } from './texts.js';
import { numbersFor, textsFor } from './texts.js';

/** A run as one language shows it. */
export interface ReportView {
  model: RunModel;
  texts: ReportTexts;
  numbers: Numbers;
  title: (operation: string) => string;
  slaMs: (operation: OperationId) => number;
}

export function viewOf(model: RunModel, language: Language): ReportView {
  return {
    model,
    texts: textsFor(language),
    numbers: numbersFor(language),
    title: (operation) => OPERATION_TITLES[operation as OperationId]?.[language] ?? operation,
    slaMs: (operation) => model.planned.profile.operations[operation]?.sla.limit ?? 0,
  };
}
