import type { LoadProfile } from '../../profiles/load-profile.schema.js';
import type { Plan } from '../../profiles/plan.schema.js';
import type { Numbers } from '../../report/texts.js';
import { numbersFor } from '../../report/texts.js';
import type { Language } from '../../run-options.js';
import type { Block, Paper, PaperRow } from '../block.js';
import { heading, row } from '../block.js';
import type { KeptTexts } from '../kept-texts.js';
import { filled, simpleTable, titleOf } from '../plain-table.js';
import type { MethodologyTexts } from './methodology-texts.js';
import { modellingSections } from './section-modelling.js';
import { strategySections } from './section-strategy.js';

/** What a methodology is made of. */
export interface MethodologySource {
  language: Language;
  profile: LoadProfile;
  plans: readonly Plan[];
  kept: KeptTexts;
}

/** The source together with the words of its language. */
export interface MethodologyView extends MethodologySource {
  words: MethodologyTexts;
  numbers: Numbers;
  /** Values that the editable texts may name. */
  values: Readonly<Record<string, string>>;
}

/** «Методика нагрузочного тестирования» with the sections of spec load-testing.md 7.1. */
export function methodologyDocument(source: MethodologySource, words: MethodologyTexts): Paper {
  const { stand } = source.kept;
  const view: MethodologyView = {
    ...source,
    words,
    numbers: numbersFor(source.language),
    values: { system: stand.system, customer: stand.customer, release: stand.release, profile: source.profile.name },
  };
  const version = stand.history.at(-1);
  return {
    language: source.language,
    titlePage: {
      organisation: stand.organisation,
      title: words.title,
      subtitle: words.subtitle(stand.system),
      lines: [stand.customer, stand.documentNumber, stand.release].filter((line) => line !== ''),
      foot: [stand.city, version?.date ?? ''].filter((part) => part !== '').join(' '),
    },
    header: `${words.title}. ${stand.system}`,
    blocks: [
      { kind: 'contents', title: words.contents },
      { kind: 'page-break' },
      ...paperwork(view),
      ...purpose(view),
      ...objectOf(view),
      ...strategySections(view),
      ...modellingSections(view),
      ...closing(view),
    ],
  };
}

function paperwork({ words, kept }: MethodologyView): Block[] {
  const { stand } = kept;
  const { columns: titles, sections } = words;
  return [
    heading(1, sections.history),
    simpleTable(
      '',
      titles.history,
      [1, 1.3, 2, 4],
      stand.history.map((each) => row(...filled([each.version, each.date, each.author, each.change]))),
    ),
    heading(1, sections.approvals),
    simpleTable(
      '',
      titles.approvals,
      [3, 2, 2.5, 2],
      stand.approvals.map((each) => row(...filled([each.role, each.company, each.name]), '')),
    ),
    heading(1, sections.terms),
    heading(2, sections.abbreviations),
    simpleTable(
      '',
      titles.terms,
      [1, 4],
      words.abbreviations.map((each) => row(...each)),
    ),
    heading(2, sections.glossary),
    simpleTable(
      '',
      titles.terms,
      [1, 3],
      words.glossary.map((each) => row(...each)),
    ),
  ];
}

function purpose({ words, kept, values }: MethodologyView): Block[] {
  const { sections } = words;
  return [
    heading(1, sections.introduction),
    ...kept.section('introduction', values),
    heading(1, sections.goals),
    heading(2, sections.goalsList),
    ...kept.section('goals', values),
    heading(2, sections.tasksList),
    ...kept.section('tasks', values),
    heading(1, sections.limitations),
    ...kept.section('limitations', values),
  ];
}

function objectOf(view: MethodologyView): Block[] {
  const { words, kept, values } = view;
  const { sections, columns: titles, captions } = words;
  const { stands } = kept.stand;
  return [
    heading(1, sections.object),
    heading(2, sections.general),
    ...kept.section('object', values),
    heading(2, sections.requirements),
    simpleTable(captions.requirements, titles.requirements, [0.5, 4, 4], requirementRows(view)),
    heading(2, sections.architecture),
    ...kept.section('architecture', values),
    heading(1, sections.stands),
    simpleTable(
      captions.stands,
      titles.stands,
      [2, 2, 2, 2],
      stands.map((each) => row(...filled([each.component, each.production, each.test, each.difference]))),
    ),
  ];
}

function requirementRows({ words, numbers, profile, kept, language }: MethodologyView): PaperRow[] {
  const latencies = Object.entries(profile.operations).flatMap(([operation, { perHour, sla }]) =>
    perHour === 0
      ? []
      : [
          [
            titleOf(operation, language),
            words.latencyRequirement(String(sla.percentile), numbers.decimal(sla.limit / 1000)),
          ],
        ],
  );
  const shared = words.requirementRows(
    numbers.decimal(profile.errorLimitPercent),
    numbers.decimal(profile.accuracyLimitPercent),
  );
  const servers = kept.stand.measures.map((each) => [each.name, each.limit]);
  return [...latencies, ...shared, ...servers, ...words.generatorRows].map((cells, at) =>
    row(String(at + 1), ...cells),
  );
}

function closing({ words, kept, values }: MethodologyView): Block[] {
  const { sections, columns: titles, captions } = words;
  const { stand } = kept;
  const metrics = (caption: string, rows: readonly (readonly string[])[]) =>
    simpleTable(
      caption,
      titles.metrics,
      [3, 2, 3],
      rows.map((each) => row(...each)),
    );
  return [
    heading(1, sections.monitoring),
    heading(2, sections.tools),
    simpleTable(
      captions.monitoring,
      titles.monitoring,
      [2, 4],
      stand.monitoring.map((each) => row(each.tool, each.purpose)),
    ),
    heading(2, sections.systemMetrics),
    metrics(captions.system, words.systemMetrics),
    heading(2, sections.businessMetrics),
    metrics(captions.business, words.businessMetrics),
    heading(1, sections.customer),
    ...kept.section('requirements', values),
    heading(1, sections.deliverables),
    ...kept.section('deliverables', values),
    heading(1, sections.contacts),
    simpleTable(
      '',
      titles.contacts,
      [3, 3, 3],
      stand.contacts.map((each) => row(...filled([each.role, each.name, each.contact]))),
    ),
  ];
}
