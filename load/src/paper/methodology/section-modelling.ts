import { OPERATION_IDS } from '../../profiles/operations.js';
import type { Block, PaperRow } from '../block.js';
import { columns, heading, row } from '../block.js';
import { simpleTable, titleOf } from '../plain-table.js';
import type { MethodologyView } from './methodology-document.js';

/** «Моделирование нагрузки»: principles, profile, scenarios, emulators. */
export function modellingSections(view: MethodologyView): Block[] {
  const { words, kept, values, language } = view;
  const { sections, columns: titles, captions } = words;
  const scenarios = used(view).map((operation) =>
    row(operation, titleOf(operation, language), words.scenarioSteps[operation] ?? ''),
  );
  return [
    heading(1, sections.modelling),
    heading(2, sections.principles),
    ...kept.section('principles', values),
    heading(2, sections.profiles),
    profileTable(view),
    heading(2, sections.scenarios),
    simpleTable(captions.scenarios, titles.scenarios, [1.6, 2.4, 4], scenarios),
    heading(2, sections.emulators),
    simpleTable(
      captions.emulators,
      titles.emulators,
      [2, 2.4, 4],
      words.emulatorRows.map((each) => row(...each)),
    ),
  ];
}

function profileTable(view: MethodologyView): Block {
  const { words, numbers, profile, language } = view;
  const rows = used(view).map((operation, at): PaperRow => {
    const { perHour, sla } = profile.operations[operation]!;
    return row(
      String(at + 1),
      titleOf(operation, language),
      operation,
      numbers.integer(perHour),
      numbers.decimal(sla.limit / 1000),
    );
  });
  const total = used(view).reduce((sum, operation) => sum + profile.operations[operation]!.perHour, 0);
  const [number, title, script, rate, limit] = words.columns.profile as [string, string, string, string, string];
  return {
    kind: 'table',
    caption: `${words.captions.profile} «${profile.name}»`,
    columns: columns([number, 0.5, 'right'], [title, 4], [script, 2], [rate, 2, 'right'], [limit, 1, 'right']),
    rows: [...rows, { ...row('', words.total, '', numbers.integer(total), ''), tone: 'total' }],
  };
}

function used({ profile }: MethodologyView) {
  return OPERATION_IDS.filter((operation) => (profile.operations[operation]?.perHour ?? 0) > 0);
}
