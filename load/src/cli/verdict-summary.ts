import Table from 'cli-table3';
import { PLAIN } from './table-style.js';
import { numbersFor, textsFor } from '../report/texts.js';
import type { Language, RunResult } from '../run-options.js';
import { accuracyPercent } from '../verdict/judge-hold.js';
import { titleOf, wrappedTitle } from './progress-line.js';

const TITLE_WIDTH = 46;
const HEADS = {
  ru: ['Операция', 'План', 'Успешных', 'Неуспешных', 'Точность, %', 'p90, мс', 'p95, мс'],
  en: ['Operation', 'Planned', 'Succeeded', 'Failed', 'Accuracy, %', 'p90, ms', 'p95, ms'],
};

/** What the terminal shows at the end: a table per hold, the verdict, its reasons, the report's path. */
export function verdictSummary(result: RunResult, language: Language): string {
  const texts = textsFor(language);
  const numbers = numbersFor(language);
  const blocks = result.holds.map((hold) => {
    const table = new Table({
      style: PLAIN,
      head: HEADS[language],
      colAligns: ['left', ...Array<'right'>(6).fill('right')],
    });
    for (const row of hold.operations) {
      table.push([
        wrappedTitle(row.operation, language, TITLE_WIDTH),
        row.planned,
        row.succeeded,
        row.failed,
        numbers.decimal(accuracyPercent(row)),
        numbers.integer(row.p90Ms),
        numbers.integer(row.p95Ms),
      ]);
    }
    return `${texts.stepNumber(hold.step)}, ${numbers.integer(hold.levelPercent)} %\n${table.toString()}`;
  });
  return [...blocks, quietSummary(result, language)].join('\n');
}

/** The verdict, its reasons and the report's path. */
export function quietSummary({ verdict, report }: RunResult, language: Language): string {
  const texts = textsFor(language);
  const title = (operation: string) => titleOf(operation, language);
  const reasons = verdict.reasons.map((reason) => `  ${texts.reason(reason, title)}`);
  return [`${texts.verdicts[verdict.word]}`, ...reasons, report, ''].join('\n');
}
