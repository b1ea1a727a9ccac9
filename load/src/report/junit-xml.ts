import { OPERATION_TITLES } from '../profiles/operations.js';
import type { OperationId } from '../profiles/operations.js';
import type { Language } from '../run-options.js';
import type { HoldVerdict, Reason } from '../verdict/verdict.js';
import type { RunModel } from './run-model.js';
import { textsFor } from './texts.js';

const TAG: Partial<Record<HoldVerdict['word'], 'failure' | 'error'>> = { failure: 'failure', insufficient: 'error' };

interface TestCase {
  name: string;
  seconds: number;
  tag?: 'failure' | 'error';
  lines: string[];
}

/**
 * The verdict as JUnit XML for build servers: one case per operation and hold and one for the hold itself. «Провал» is a
 * failure, «Недостаточно данных» an error: the system is not to blame.
 */
export function junitXml(model: RunModel, language: Language): string {
  const texts = textsFor(language);
  const title = (operation: string) => OPERATION_TITLES[operation as OperationId]?.[language] ?? operation;
  const say = (reasons: readonly Reason[]) => reasons.map((reason) => texts.reason(reason, title));
  const suites = model.holds.map((hold) => {
    const verdict = model.verdict.holds.find(({ step }) => step === hold.step);
    const seconds = hold.judgedMs / 1000;
    const of = (operation?: string) => verdict?.reasons.filter((reason) => reason.operation === operation) ?? [];
    const tag = verdict && TAG[verdict.word];
    const testCase = (name: string, reasons: Reason[]): TestCase => ({
      name,
      seconds,
      tag: reasons.length > 0 ? tag : undefined,
      lines: say(reasons),
    });
    const cases = [
      testCase(texts.sections.fitness, of()),
      ...hold.operations.map((o) => testCase(title(o.operation), of(o.operation))),
    ];
    return suite(`${texts.stepNumber(hold.step)}, ${hold.levelPercent} %`, cases);
  });
  const { word, reasons } = model.verdict;
  const whole = suite(texts.verdicts[word], [
    { name: model.planned.plan.name, seconds: 0, tag: TAG[word], lines: say(reasons) },
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(model.record.id)}">\n${[whole, ...suites].join('')}</testsuites>\n`;
}

function suite(name: string, cases: readonly TestCase[]): string {
  const count = (tag: TestCase['tag']) => cases.filter((each) => each.tag === tag).length;
  const body = cases.map(({ name: of, seconds, tag, lines }) => {
    const inner = tag ? `<${tag} message="${escaped(lines[0] ?? '')}">${escaped(lines.join('\n'))}</${tag}>` : '';
    return `    <testcase classname="load" name="${escaped(of)}" time="${seconds}">${inner}</testcase>\n`;
  });
  const head = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
  return `  <testsuite name="${escaped(name)}" ${head}>\n${body.join('')}  </testsuite>\n`;
}

/** XML 1.0 has no way to write most control characters: they are left out. */
function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return clean.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
