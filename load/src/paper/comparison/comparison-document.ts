import type { ComparedMetric, ComparedRun, DifferenceWord, RunComparison } from '../../compare/comparison.js';
import type { Numbers } from '../../report/texts.js';
import { numbersFor, textsFor } from '../../report/texts.js';
import type { Language } from '../../run-options.js';
import type { Block, Paper, PaperRow, Tone } from '../block.js';
import { cell, columns, heading, list, note, paragraph, row } from '../block.js';
import { simpleTable, titleOf } from '../plain-table.js';
import { comparisonWords } from './comparison-words.js';
import type { ComparisonWords } from './comparison-words.js';

const TONES: Record<DifferenceWord, Tone> = { better: 'good', worse: 'bad', same: 'plain', insufficient: 'plain' };

interface View {
  comparison: RunComparison;
  language: Language;
  words: ComparisonWords;
  numbers: Numbers;
  verdict: (word: ComparedRun['word']) => string;
}

/** Release against release: what changed, how sure that is, and what limits the comparison. */
export function comparisonDocument(comparison: RunComparison, language: Language): Paper {
  const words = comparisonWords(language);
  const texts = textsFor(language);
  const view: View = {
    comparison,
    language,
    words,
    numbers: numbersFor(language),
    verdict: (word) => texts.verdicts[word],
  };
  const { baseline, candidate } = comparison;
  return {
    language,
    titlePage: {
      organisation: '',
      title: words.title,
      subtitle: words.subtitle(baseline.id, candidate.id),
      lines: [words.words[comparison.word]],
      foot: view.numbers.moment(candidate.createdAt).replace(/ UTC$/, ''),
    },
    header: words.title,
    blocks: [
      heading(1, words.sections.conclusion),
      { kind: 'paragraph', text: words.words[comparison.word], look: 'verdict' },
      ...changes(view),
      ...caveats(view),
      heading(1, words.sections.runs),
      runsTable(view),
      ...maximum(view),
      heading(1, words.sections.differences),
      ...comparison.holds.flatMap((hold) => holdBlocks(view, hold)),
      heading(1, words.sections.method),
      note(words.method(comparison.method)),
    ],
  };
}

function changes({ comparison, words, numbers, language }: View): Block[] {
  const lines = comparison.holds.flatMap((hold) =>
    hold.operations.flatMap(({ operation, metrics }) =>
      metrics
        .filter(({ word }) => word === 'better' || word === 'worse')
        .map(({ metric, baseline, candidate, deltaPercent, word }) => {
          const percent = deltaPercent === undefined ? '' : ` (${signed(deltaPercent, numbers.decimal)} %)`;
          const values = `${numbers.decimal(baseline)} → ${numbers.decimal(candidate)}${percent}, ${words.differences[word]}`;
          return words.changed(
            words.metrics[metric],
            titleOf(operation, language),
            numbers.integer(hold.levelPercent),
            values,
          );
        }),
    ),
  );
  return [lines.length > 0 ? list(lines) : paragraph(words.nothing)];
}

function caveats({ comparison, words }: View): Block[] {
  if (comparison.caveats.length === 0) return [paragraph(words.noCaveats)];
  const lines = comparison.caveats.map(({ code, baseline, candidate }) => {
    const values = [baseline, candidate].filter((value) => value !== undefined);
    return values.length > 0 ? `${words.caveats[code]}: ${values.join(' / ')}` : words.caveats[code];
  });
  return [paragraph([{ text: words.caveatsTitle, isBold: true }]), list(lines)];
}

function runsTable({ comparison, words, numbers, verdict }: View): Block {
  const { rows } = words;
  const values: [string, (run: ComparedRun) => string][] = [
    [rows.id, (run) => run.id],
    [rows.target, (run) => run.target],
    [rows.plan, (run) => run.plan],
    [rows.profile, (run) => run.profile],
    [rows.seed, (run) => run.seed],
    [rows.scale, (run) => String(run.timeScale)],
    [rows.date, (run) => numbers.moment(run.createdAt)],
    [rows.verdict, (run) => verdict(run.word)],
    [rows.lmax, (run) => numbers.integer(run.lmaxPercent)],
  ];
  const { baseline, candidate } = comparison;
  const lines = values.map(([name, read]) => row(name, read(baseline), read(candidate)));
  return simpleTable(words.captions.runs, words.columns.runs, [2, 3, 3], lines);
}

function maximum({ comparison, words, numbers }: View): Block[] {
  const found = comparison.maximum;
  if (!found) return [];
  const said = words.maximum({
    baseline: numbers.integer(found.baselinePercent),
    candidate: numbers.integer(found.candidatePercent),
    step: numbers.integer(found.stepPercent),
  });
  return [heading(1, words.sections.maximum), paragraph(`${said} ${words.differences[found.word]}`)];
}

function holdBlocks(view: View, hold: RunComparison['holds'][number]): Block[] {
  const { words, numbers, verdict, language } = view;
  const [scenario, measure, before, after, delta, interval, p, outcome] = words.columns.differences as string[];
  const rows = hold.operations.flatMap(({ operation, metrics }) =>
    metrics.map((each, at) => metricRow(view, at === 0 ? titleOf(operation, language) : '', each)),
  );
  return [
    {
      kind: 'table',
      caption: words.level(numbers.integer(hold.levelPercent), verdict(hold.baselineWord), verdict(hold.candidateWord)),
      columns: columns(
        [scenario ?? '', 3],
        [measure ?? '', 1.6],
        [before ?? '', 1.2, 'right'],
        [after ?? '', 1.5, 'right'],
        [delta ?? '', 1.6, 'right'],
        [interval ?? '', 1.9, 'right'],
        [p ?? '', 0.9, 'right'],
        [outcome ?? '', 1.6],
      ),
      rows,
    },
  ];
}

function metricRow({ words, numbers }: View, operation: string, each: ComparedMetric): PaperRow {
  const { metric, baseline, candidate, delta, deltaPercent, lower, upper, adjustedP, word } = each;
  const percent = deltaPercent === undefined ? '' : ` (${signed(deltaPercent, numbers.decimal)} %)`;
  const interval =
    lower === undefined || upper === undefined
      ? '–'
      : `${signed(lower, numbers.decimal)} … ${signed(upper, numbers.decimal)}`;
  return {
    cells: [
      cell(operation),
      cell(words.metrics[metric]),
      cell(numbers.decimal(baseline)),
      cell(numbers.decimal(candidate)),
      cell(delta === undefined ? '–' : `${signed(delta, numbers.decimal)}${percent}`),
      cell(interval),
      cell(adjustedP === undefined ? '–' : adjustedP < 0.001 ? '< 0.001' : adjustedP.toFixed(3)),
      cell(words.differences[word], TONES[word]),
    ],
  };
}

function signed(value: number, shown: (value: number) => string): string {
  return value > 0 ? `+${shown(value)}` : shown(value).replace(/^-/, '−');
}
