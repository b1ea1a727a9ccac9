import type { Language } from '../../run-options.js';
import type { Layer } from '../../analysis/finding.js';
import { PAPER_EN } from './paper-words.en.js';
import { PAPER_RU } from './paper-words.ru.js';

/** Words of the DOCX report that the HTML report has no need of (spec load-testing.md 7.2, 7.3). */
export interface PaperWords {
  subtitle(system: string): string;
  contents: string;
  sections: Record<
    | 'tasks'
    | 'criteria'
    | 'goals'
    | 'conclusions'
    | 'recommendations'
    | 'defects'
    | 'limitations'
    | 'deviations'
    | 'profile'
    | 'tests'
    | 'results'
    | 'steps'
    | 'charts'
    | 'errors'
    | 'fitness'
    | 'bottlenecks'
    | 'findings'
    | 'points'
    | 'external'
    | 'database'
    | 'correlation'
    | 'drift'
    | 'environment'
    | 'generator'
    | 'observers'
    | 'faults'
    | 'repeat',
    string
  >;
  columns: Record<
    | 'criteria'
    | 'tests'
    | 'defects'
    | 'findings'
    | 'points'
    | 'external'
    | 'statements'
    | 'waits'
    | 'blockers'
    | 'tables'
    | 'correlation'
    | 'drift'
    | 'environment'
    | 'observers',
    readonly string[]
  >;
  captions: Record<
    | 'criteria'
    | 'tests'
    | 'defects'
    | 'errors'
    | 'fitness'
    | 'findings'
    | 'points'
    | 'search'
    | 'external'
    | 'statements'
    | 'waits'
    | 'blockers'
    | 'tables'
    | 'correlation'
    | 'drift'
    | 'environment'
    | 'observers'
    | 'faults'
    | 'details'
    | 'waitsChart'
    | 'throughput'
    | 'generator',
    string
  >;
  kinds: Record<'search' | 'reliability' | 'custom', string>;
  recommended(release: string): string;
  notRecommended(release: string): string;
  noRecommendation: string;
  met: string;
  broken: string;
  unknown: string;
  criteria: Record<'latency' | 'errors' | 'accuracy' | 'generator' | 'signatures' | 'lmax' | 'reliability', string>;
  latencyChart(title: string): string;
  minutes: string;
  noFindings: string;
  noAnalysis: string;
  noDefects: string;
  noDeviations: string;
  evidence: string;
  counter: string;
  advice: string;
  layers: Record<Layer, string>;
  confidence: Record<'high' | 'medium' | 'low', string>;
  observerStates: Record<'ok' | 'partly' | 'failed' | 'off', string>;
  scaled(factor: string): string;
  resumed(moments: string): string;
  faultsOn(rules: string): string;
  settle: string;
  repeat: string;
  estimates: Record<'elasticity' | 'kneeThroughput' | 'kneeLatency' | 'usl', string>;
  saturatedStep: string;
  notSaturated: string;
  usl(values: Record<'peak' | 'inFlight' | 'r2' | 'n', string>): string;
  level(percent: string, n: string): string;
  yes: string;
  no: string;
}

/** Dictionary of a language. */
export function paperWords(language: Language): PaperWords {
  return language === 'en' ? PAPER_EN : PAPER_RU;
}
