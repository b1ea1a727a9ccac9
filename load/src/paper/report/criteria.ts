import type { RunVerdict } from '../../verdict/verdict.js';
import type { Block, PaperRow, Tone } from '../block.js';
import { cell, columns } from '../block.js';
import type { PaperView, RunView } from './paper-view.js';

type Outcome = 'met' | 'broken' | 'unknown';
type ReasonCode = RunVerdict['reasons'][number]['code'];

const TONES: Record<Outcome, Tone> = { met: 'good', broken: 'bad', unknown: 'plain' };

/** Reasons that break a criterion, by criterion. */
const BREAKS: Record<'latency' | 'errors' | 'accuracy' | 'generator' | 'signatures', readonly ReasonCode[]> = {
  latency: ['sla', 'stall', 'no-data'],
  errors: ['errors', 'stopped'],
  accuracy: ['accuracy', 'saturated'],
  generator: ['lag', 'cpu', 'dropped', 'little', 'launched'],
  signatures: ['signatures'],
};

interface Criterion {
  title: string;
  outcome: Outcome;
  result: string;
}

/** Table «Критерии качества» over all runs, and the line that a release is or is not recommended by it. */
export function criteriaBlocks(view: PaperView): Block[] {
  const criteria = [...commonCriteria(view), ...lmaxCriterion(view), ...reliabilityCriterion(view)];
  const rows = criteria.map(({ title, outcome, result }): PaperRow => ({
    cells: [cell(title), cell(result), cell(view.words[outcome], TONES[outcome])],
  }));
  const [name, result, total] = view.words.columns.criteria as [string, string, string];
  return [
    {
      kind: 'table',
      caption: view.words.captions.criteria,
      columns: columns([name, 4], [result, 5], [total, 1.6]),
      rows,
    },
    { kind: 'paragraph', text: recommendation(view, criteria), look: 'verdict' },
  ];
}

/** «Рекомендовано» only when every criterion was judged and met by tests that were tests (spec 7.3). */
function recommendation({ words, kept, runs }: PaperView, criteria: readonly Criterion[]): string {
  const { release } = kept.stand;
  if (criteria.some(({ outcome }) => outcome === 'broken')) {
    return runs.some(isRehearsal) ? words.noRecommendation : words.notRecommended(release);
  }
  const isJudged = criteria.every(({ outcome }) => outcome === 'met');
  const hasBoth =
    runs.some(({ model }) => model.planned.plan.search) && runs.some(({ model }) => model.planned.plan.reliability);
  return isJudged && hasBoth && !runs.some(isRehearsal) ? words.recommended(release) : words.noRecommendation;
}

function isRehearsal({ model }: RunView): boolean {
  return model.planned.timeScale !== 1;
}

function commonCriteria(view: PaperView): Criterion[] {
  const names = Object.keys(BREAKS) as (keyof typeof BREAKS)[];
  return names.map((name) => {
    const found = view.runs.map((run) => judged(run, name));
    const broken = found.filter(({ outcome }) => outcome === 'broken');
    const outcome = worst(found.map((each) => each.outcome));
    const result = (broken.length > 0 ? broken : found).map((each) => each.result).filter((text) => text !== '');
    return {
      title: view.words.criteria[name],
      outcome,
      result: [...new Set(result)].join('; ') || view.words[outcome],
    };
  });
}

/** What the conformity level of a run says of one criterion: in a search it is the first step, otherwise every hold. */
function judged(run: RunView, name: keyof typeof BREAKS): { outcome: Outcome; result: string } {
  const { model, texts } = run;
  const holds = model.planned.plan.search ? targetHolds(run) : model.verdict.holds;
  const reasons = [...holds.flatMap((hold) => hold.reasons), ...(name === 'signatures' ? model.verdict.reasons : [])];
  const breaking = reasons.filter((reason) => BREAKS[name].includes(reason.code));
  if (breaking.length > 0) {
    return { outcome: 'broken', result: breaking.map((reason) => texts.reason(reason, run.title)).join('; ') };
  }
  if (name === 'signatures') {
    const { signatures } = model.record;
    if (!signatures || signatures.valid === 0) return { outcome: 'unknown', result: '' };
    return { outcome: 'met', result: texts.notes.signatures(signatures) };
  }
  const isUnknown = holds.length === 0 || holds.every((hold) => hold.word === 'insufficient');
  return { outcome: isUnknown ? 'unknown' : 'met', result: '' };
}

/** Holds of a search that speak of the target: those at or below it, or the lowest one when it passed above it. */
function targetHolds({ model }: RunView) {
  const { holds } = model.verdict;
  const atTarget = holds.filter((hold) => hold.levelPercent <= 100);
  if (atTarget.length > 0) return atTarget;
  const lowest = [...holds].sort((a, b) => a.levelPercent - b.levelPercent)[0];
  return lowest?.word === 'success' ? [lowest] : [];
}

function worst(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('broken')) return 'broken';
  return outcomes.every((outcome) => outcome === 'unknown') ? 'unknown' : 'met';
}

function lmaxCriterion({ runs, words }: PaperView): Criterion[] {
  return runs.flatMap((run) => {
    const { search } = run.model;
    if (!search) return [];
    const reasons = run.model.verdict.reasons.map((reason) => run.texts.reason(reason, run.title));
    const lmax = search.lmaxPercent;
    const outcome: Outcome =
      lmax === undefined ? (search.result === 'none' ? 'broken' : 'unknown') : lmax >= 100 ? 'met' : 'broken';
    return [{ title: words.criteria.lmax, outcome, result: reasons.join('; ') }];
  });
}

function reliabilityCriterion({ runs, words }: PaperView): Criterion[] {
  return runs.flatMap((run) => {
    const { verdict, planned } = run.model;
    if (!planned.reliability) return [];
    const said = [
      run.texts.reliability(planned.reliability),
      ...verdict.reasons.map((reason) => run.texts.reason(reason, run.title)),
    ];
    const isMet = verdict.word === 'success' && planned.reliability.levelPercent >= 100;
    const outcome: Outcome = verdict.word === 'insufficient' ? 'unknown' : isMet ? 'met' : 'broken';
    return [{ title: words.criteria.reliability, outcome, result: said.join('; ') }];
  });
}
