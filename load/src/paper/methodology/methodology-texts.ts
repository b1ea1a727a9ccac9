import type { Language } from '../../run-options.js';

/** Words of the methodology (section names: spec load-testing.md 7.1). */
export interface MethodologyTexts {
  title: string;
  subtitle(system: string): string;
  contents: string;
  sections: Record<
    | 'history'
    | 'approvals'
    | 'terms'
    | 'abbreviations'
    | 'glossary'
    | 'introduction'
    | 'goals'
    | 'goalsList'
    | 'tasksList'
    | 'limitations'
    | 'object'
    | 'general'
    | 'requirements'
    | 'architecture'
    | 'stands'
    | 'strategy'
    | 'tests'
    | 'completion'
    | 'filling'
    | 'modelling'
    | 'principles'
    | 'profiles'
    | 'scenarios'
    | 'emulators'
    | 'monitoring'
    | 'tools'
    | 'systemMetrics'
    | 'businessMetrics'
    | 'customer'
    | 'deliverables'
    | 'contacts',
    string
  >;
  columns: Record<
    | 'history'
    | 'approvals'
    | 'terms'
    | 'requirements'
    | 'stands'
    | 'volumes'
    | 'profile'
    | 'steps'
    | 'durations'
    | 'needs'
    | 'reliability'
    | 'scenarios'
    | 'emulators'
    | 'monitoring'
    | 'metrics'
    | 'contacts',
    readonly string[]
  >;
  captions: Record<
    | 'requirements'
    | 'stands'
    | 'volumes'
    | 'profile'
    | 'search'
    | 'durations'
    | 'needs'
    | 'reliability'
    | 'scenarios'
    | 'emulators'
    | 'monitoring'
    | 'system'
    | 'business',
    string
  >;
  total: string;
  tests: Record<'search' | 'confirm' | 'reliability' | 'custom', string>;
  searchRule(values: Record<'start' | 'step' | 'ceiling', string>): string;
  searchLimits(ceiling: string): string;
  confirmRule: string;
  reliabilityRule(values: Record<'hold' | 'share' | 'floor', string>): string;
  reliabilityReading: string;
  stepNames: Record<'first' | 'next' | 'confirm', string>;
  reliabilityCases: readonly (readonly string[])[];
  requirementRows(errors: string, accuracy: string): readonly (readonly string[])[];
  latencyRequirement(percentile: string, limit: string): string;
  generatorRows: readonly (readonly string[])[];
  abbreviations: readonly (readonly string[])[];
  glossary: readonly (readonly string[])[];
  scenarioSteps: Record<string, string>;
  emulatorRows: readonly (readonly string[])[];
  businessMetrics: readonly (readonly string[])[];
  systemMetrics: readonly (readonly string[])[];
  durationsNote: string;
  needsNote(steps: string): string;
  arithmetic: string;
}

/** Dictionary of a language, loaded when a document is made. */
export async function methodologyTexts(language: Language): Promise<MethodologyTexts> {
  return language === 'en'
    ? (await import('./methodology-texts.en.js')).METHODOLOGY_EN
    : (await import('./methodology-texts.ru.js')).METHODOLOGY_RU;
}
