import type { Plan, ReliabilityPlan, SearchPlan } from '../../profiles/plan.schema.js';
import type { Block, PaperRow } from '../block.js';
import { heading, list, note, paragraph, row } from '../block.js';
import { durationWords } from '../duration-words.js';
import { filled, simpleTable } from '../plain-table.js';
import type { MethodologyView } from './methodology-document.js';
import { STEPS_COUNTED, durationRows, needRows, planKinds } from './schedule-tables.js';

/** «Стратегия тестирования» and «Наполнение БД». */
export function strategySections(view: MethodologyView): Block[] {
  const { words, kept, values, plans } = view;
  const { sections, columns: titles, captions } = words;
  return [
    heading(1, sections.strategy),
    heading(2, sections.tests),
    ...plans.flatMap((plan) => testOf(plan, view)),
    ...durations(view),
    heading(2, sections.completion),
    ...kept.section('completion', values),
    heading(1, sections.filling),
    simpleTable(
      captions.volumes,
      titles.volumes,
      [2, 2, 2],
      kept.stand.volumes.map((each) => row(...filled([each.entity, each.production, each.test]))),
    ),
    ...needs(view),
  ];
}

function testOf(plan: Plan, view: MethodologyView): Block[] {
  if (plan.search) return searchTest(plan.search, view);
  if (plan.reliability) return reliabilityTest(plan.reliability, view);
  const { words, language, numbers } = view;
  const steps = (plan.steps ?? []).map((step, at) =>
    row(
      String(at + 1),
      numbers.integer(step.level),
      durationWords(step.ramp, language),
      durationWords(step.hold, language),
    ),
  );
  return [
    heading(3, `${words.tests.custom} ${plan.name}`),
    ...(plan.description[language] === '' ? [] : [paragraph(plan.description[language])]),
    simpleTable(plan.name, words.columns.steps, [1, 1, 1, 1], steps),
  ];
}

function searchTest(search: SearchPlan, { words, numbers, language }: MethodologyView): Block[] {
  const { start, step, ceiling } = search;
  const shown = (value: number) => numbers.integer(value);
  const line = (name: string, level: string, { ramp, hold }: { ramp: number; hold: number }): PaperRow =>
    row(name, level, durationWords(ramp, language), durationWords(hold, language));
  return [
    heading(3, words.tests.search),
    paragraph(words.searchRule({ start: shown(start), step: shown(step), ceiling: shown(ceiling) })),
    simpleTable(
      words.captions.search,
      words.columns.steps,
      [2, 2, 2, 2],
      [
        line(words.stepNames.first, shown(start), search.first),
        line(words.stepNames.next, `+${shown(step)}`, search.next),
        line(words.stepNames.confirm, 'Lmax', search.confirm),
      ],
    ),
    paragraph(words.searchLimits(shown(ceiling))),
    heading(3, words.tests.confirm),
    paragraph(words.confirmRule),
  ];
}

function reliabilityTest(
  { hold, share, floor }: ReliabilityPlan,
  { words, numbers, language }: MethodologyView,
): Block[] {
  return [
    heading(3, words.tests.reliability),
    paragraph(
      words.reliabilityRule({
        hold: durationWords(hold, language),
        share: numbers.integer(share),
        floor: numbers.integer(floor),
      }),
    ),
    simpleTable(
      words.captions.reliability,
      words.columns.reliability,
      [2, 2.5, 4],
      words.reliabilityCases.map((cells) => row(...cells)),
    ),
    paragraph(words.reliabilityReading),
  ];
}

function durations({ words, numbers, plans, language }: MethodologyView): Block[] {
  const { search, reliability } = planKinds(plans);
  if (!search) return [];
  const rows = durationRows(search, reliability).map(({ steps, searchMs, confirmedMs, allMs, levelPercent }) =>
    row(
      String(steps),
      durationWords(searchMs, language),
      durationWords(confirmedMs, language),
      allMs === undefined ? '–' : durationWords(allMs, language),
      `${numbers.integer(levelPercent)} %`,
    ),
  );
  return [
    simpleTable(words.captions.durations, words.columns.durations, [1, 2, 2, 2, 2], rows),
    note(words.durationsNote),
  ];
}

function needs({ words, numbers, plans, profile }: MethodologyView): Block[] {
  const kinds = planKinds(plans);
  if (!kinds.search && !kinds.reliability) return [];
  const rows = needRows(profile, kinds).map(({ operation, search, confirm, reliability }) =>
    row(operation, ...[search, confirm, reliability, search + confirm + reliability].map(numbers.integer)),
  );
  return [
    simpleTable(words.captions.needs, words.columns.needs, [3, 2, 2, 2, 2], rows),
    note(words.needsNote(String(STEPS_COUNTED))),
    list([words.arithmetic]),
  ];
}
