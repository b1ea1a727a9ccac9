import type { Block } from '../block.js';
import { list } from '../block.js';
import type { PaperView, RunView } from './paper-view.js';

/** What happened otherwise than the methodology says, found in the runs themselves. */
export function deviations(view: PaperView): string[] {
  const prefix = (run: RunView) => (view.runs.length > 1 ? `${run.model.record.id}: ` : '');
  return view.runs.flatMap((run) => deviationsOf(run).map((line) => `${prefix(run)}${line}`));
}

function deviationsOf({ model, words, numbers, texts, title }: RunView): string[] {
  const lines: string[] = [];
  const { timeScale } = model.planned;
  if (timeScale !== 1)
    lines.push(words.scaled(numbers.decimal(timeScale) === '0,0' ? timeScale.toPrecision(2) : String(timeScale)));
  const { resumedAt = [] } = model.record;
  if (resumedAt.length > 0) lines.push(words.resumed(resumedAt.map(numbers.moment).join(', ')));
  for (const reason of model.verdict.reasons) {
    if (reason.code === 'stopped' || reason.code === 'interrupted') lines.push(texts.reason(reason, title));
  }
  return lines;
}

/** Limits that the runs themselves show: faults that were on, operations too rare to judge. */
export function limitations(view: PaperView): Block[] {
  const lines = view.runs.flatMap((run) => {
    const rules = run.model.annotations.faults.flatMap(({ service, rules: on = [] }) =>
      on.map(({ id }) => `${service}/${id}`),
    );
    return rules.length > 0 ? [view.words.faultsOn([...new Set(rules)].join(', '))] : [];
  });
  return lines.length > 0 ? [list([...new Set(lines)])] : [];
}
