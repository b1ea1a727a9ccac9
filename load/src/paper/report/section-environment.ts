import type { Block } from '../block.js';
import { heading, paragraph, row } from '../block.js';
import { filled, simpleTable } from '../plain-table.js';
import type { PaperView, RunView } from './paper-view.js';

/** «Конфигурация среды»: the stand as described, the systems the run spoke to, what watched it, faults that were on. */
export function environmentBlocks(view: PaperView): Block[] {
  const { words, kept, runs } = view;
  const rows = kept.stand.stands.map((each) => row(...filled([each.component, each.test])));
  return [
    simpleTable(words.sections.environment, words.columns.environment, [3, 5], rows),
    heading(2, words.sections.generator),
    ...runs.map((run) => generatorTable(run)),
    ...runs.flatMap((run) => observersTable(run)),
    heading(2, words.sections.faults),
    ...runs.map((run) => faultsTable(run)),
  ];
}

function generatorTable({ model, texts, words }: RunView): Block {
  const { record, planned } = model;
  const { generator } = record;
  const rows = [
    row(texts.meta.target, record.target),
    row(texts.meta.plan, planned.plan.name),
    row(texts.meta.profile, planned.profile.name),
    row(texts.meta.seed, planned.seed),
    row(
      texts.meta.generator,
      `Node ${generator.node}, ${generator.cpus} × ${generator.cpuModel}, ${generator.memoryGb} GiB`,
    ),
    ...record.access.admins.map(({ name, url }) => row(name, url)),
  ];
  return simpleTable(`${words.captions.environment}: ${record.id}`, words.columns.environment, [2, 6], rows);
}

function observersTable({ analysis, words, numbers, language }: RunView): Block[] {
  const { observers = [] } = analysis ?? {};
  if (observers.length === 0) return [];
  const rows = observers.map(({ name, state, readings, error, note }) =>
    row(name, words.observerStates[state], numbers.integer(readings), error ?? note?.[language] ?? ''),
  );
  return [
    heading(2, words.sections.observers),
    simpleTable(words.captions.observers, words.columns.observers, [2, 1.5, 1, 4], rows),
  ];
}

function faultsTable({ model, texts, words }: RunView): Block {
  const rows = model.annotations.faults.flatMap(({ service, moment, rules, error }) => {
    if (!rules) return [row(service, texts.moments[moment], texts.notes.doorFailed(error ?? ''), '', '')];
    return rules.map((rule) =>
      row(
        service,
        texts.moments[moment],
        rule.note ? `${rule.id} (${rule.note})` : rule.id,
        rule.fault,
        rule.operations.join(', '),
      ),
    );
  });
  if (rows.length === 0) return paragraph(`${model.record.id}: ${texts.notes.noFaults}`);
  return simpleTable(
    `${words.captions.faults}: ${model.record.id}`,
    texts.columns.faults,
    [1.2, 1, 2.6, 1.6, 2.6],
    rows,
  );
}
