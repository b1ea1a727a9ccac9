import { OPERATION_IDS } from '../../profiles/operations.js';
import type { Block } from '../block.js';
import { heading, row } from '../block.js';
import { simpleTable, titleOf } from '../plain-table.js';
import type { PaperProfile } from '../profile-table.js';
import { profileTable } from '../profile-table.js';
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
    profileTable(profileOf(view)),
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

function profileOf(view: MethodologyView): PaperProfile {
  const { words, numbers, profile, language } = view;
  const rates = used(view).map((operation) => {
    const { perHour, sla } = profile.operations[operation]!;
    return { operation, title: titleOf(operation, language), perHour, limitMs: sla.limit };
  });
  const { columns: titles, captions, total } = words;
  return { caption: `${captions.profile} «${profile.name}»`, titles: titles.profile, total, numbers, rates };
}

function used({ profile }: MethodologyView) {
  return OPERATION_IDS.filter((operation) => (profile.operations[operation]?.perHour ?? 0) > 0);
}
