import type { Block, Paper } from '../block.js';
import { heading, list, note, paragraph, row } from '../block.js';
import { filled, simpleTable } from '../plain-table.js';
import { bottleneckBlocks, findingBlocks } from './section-bottlenecks.js';
import { criteriaBlocks } from './criteria.js';
import { environmentBlocks } from './section-environment.js';
import { deviations, limitations } from './section-notes.js';
import { kindOf, paperView } from './paper-view.js';
import type { PaperSource, PaperView } from './paper-view.js';
import { profileTable } from '../profile-table.js';
import { profileOf, resultBlocks } from './section-results.js';

/** «Отчёт о нагрузочном тестировании» with the sections of spec load-testing.md 7.2; several runs make one report. */
export function reportDocument(source: PaperSource): Paper {
  const view = paperView(source);
  const { words, kept, runs } = view;
  const { stand } = kept;
  const first = runs[0]!;
  const last = runs.at(-1)!.model.record;
  return {
    language: view.language,
    titlePage: {
      organisation: stand.organisation,
      title: first.texts.title,
      subtitle: words.subtitle(stand.system),
      lines: [stand.customer, stand.release, stand.documentNumber].filter((line) => line !== ''),
      foot: [stand.city, first.numbers.moment(last.finishedAt ?? last.createdAt).replace(/ UTC$/, '')].join(' ').trim(),
    },
    header: `${first.texts.title}. ${stand.system}`,
    blocks: [
      { kind: 'contents', title: words.contents },
      { kind: 'page-break' },
      ...openingBlocks(view),
      ...closingBlocks(view),
      heading(1, words.sections.results),
      ...runs.flatMap((run) => resultBlocks(run, runs.length > 1)),
      heading(1, words.sections.bottlenecks),
      ...runs.flatMap((run) => bottleneckBlocks(run, runs.length > 1)),
      heading(1, words.sections.environment),
      ...environmentBlocks(view),
    ],
  };
}

function openingBlocks(view: PaperView): Block[] {
  const { words, kept, values } = view;
  return [
    heading(1, words.sections.tasks),
    ...kept.section('tasks', values),
    heading(1, words.sections.criteria),
    ...criteriaBlocks(view),
    heading(1, words.sections.goals),
    ...kept.section('goals', values),
    heading(1, words.sections.conclusions),
    ...view.runs.flatMap(conclusionsOf),
    ...kept.section('conclusions', values),
    heading(1, words.sections.recommendations),
    ...findingBlocks(view),
    ...kept.section('recommendations', values),
  ];
}

function conclusionsOf(run: PaperView['runs'][number]): Block[] {
  const { model, texts } = run;
  const { verdict, planned } = model;
  const said = [
    ...(planned.reliability ? [texts.reliability(planned.reliability)] : []),
    ...verdict.reasons.map((reason) => texts.reason(reason, run.title)),
  ];
  return [
    { kind: 'paragraph', text: `${kindOf(run)}: ${texts.verdicts[verdict.word]}`, look: 'verdict' },
    said.length > 0 ? list(said) : paragraph(texts.successLine),
  ];
}

function closingBlocks(view: PaperView): Block[] {
  const { words, kept, values } = view;
  const { sections, columns: titles, captions } = words;
  const { defects } = kept.stand;
  const found = deviations(view);
  const ownDeviations = kept.section('deviations', values);
  return [
    heading(1, sections.defects),
    defects.length > 0
      ? simpleTable(
          captions.defects,
          titles.defects,
          [1, 5, 1.5, 1.5],
          defects.map((each) => row(...filled([each.id, each.title, each.severity, each.state]))),
        )
      : paragraph(words.noDefects),
    heading(1, sections.limitations),
    ...kept.section('limitations', values),
    ...limitations(view),
    heading(1, sections.deviations),
    ...(found.length > 0 ? [list(found)] : []),
    ...ownDeviations,
    ...(found.length === 0 && ownDeviations.length === 0 ? [paragraph(words.noDeviations)] : []),
    heading(1, sections.profile),
    ...uniqueProfiles(view),
    heading(1, sections.tests),
    testsTable(view),
    note(words.repeat),
  ];
}

function uniqueProfiles({ runs }: PaperView): Block[] {
  const seen = new Set<string>();
  return runs.flatMap((run) => {
    const key = JSON.stringify(run.model.planned.profile.operations);
    if (seen.has(key)) return [];
    seen.add(key);
    return [profileTable(profileOf(run))];
  });
}

function testsTable({ runs, words }: PaperView): Block {
  const rows = runs.map((run) => {
    const { record } = run.model;
    const started = record.loadStartedAt ?? record.createdAt;
    const time = `${run.numbers.moment(started)} – ${run.numbers.clock(record.finishedAt ?? started)}`;
    return row(kindOf(run), time, run.texts.verdicts[run.model.verdict.word], `runs/${record.id}`);
  });
  return simpleTable(words.captions.tests, words.columns.tests, [3, 3, 2, 3], rows);
}
