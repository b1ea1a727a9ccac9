import { accuracyPercent } from '../../verdict/judge-hold.js';
import type { HoldObservation, OperationObservation } from '../../verdict/observation.js';
import type { OperationId } from '../../profiles/operations.js';
import type { Block, PaperCell, PaperRow } from '../block.js';
import { cell, columns, heading, note, paragraph, row } from '../block.js';
import { durationWords } from '../duration-words.js';
import { simpleTable } from '../plain-table.js';
import type { PaperProfile } from '../profile-table.js';
import { chartBlocks } from './section-charts.js';
import { kindOf } from './paper-view.js';
import type { RunView } from './paper-view.js';

/** Section «Результаты» of one run: steps, fitness, charts, errors. */
export function resultBlocks(run: RunView, isOneOfMany: boolean): Block[] {
  const { model, words, texts, language } = run;
  const { record } = model;
  const lastedMs = (record.finishedAt ?? record.createdAt) - (record.loadStartedAt ?? record.createdAt);
  return [
    ...(isOneOfMany ? [heading(2, kindOf(run))] : []),
    paragraph(`${texts.meta.run} ${record.id}: ${durationWords(lastedMs, language)}; ${words.settle}.`),
    ...searchTable(run),
    heading(isOneOfMany ? 3 : 2, words.sections.steps),
    ...(model.holds.length === 0 ? [paragraph(texts.notes.noHolds)] : []),
    ...model.holds.map((hold) => stepTable(run, hold)),
    ...(model.holds.length > 0
      ? [note(texts.notes.accuracy), ...model.holds.map((hold) => detailsTable(run, hold)), note(texts.notes.details)]
      : []),
    heading(isOneOfMany ? 3 : 2, words.sections.fitness),
    ...fitness(run),
    heading(isOneOfMany ? 3 : 2, words.sections.errors),
    ...errors(run),
    heading(isOneOfMany ? 3 : 2, words.sections.charts),
    ...chartBlocks(run),
  ];
}

/** The profile of a run as the table shows it. */
export function profileOf({ model, texts, numbers, title, slaMs }: RunView): PaperProfile {
  const { planned } = model;
  const rates = planned.operations.map(({ operation, perHour }) => {
    return { operation, title: title(operation), perHour, limitMs: slaMs(operation) };
  });
  const caption = `${texts.sections.profile} «${planned.profile.name}»`;
  return { caption, titles: texts.columns.profile, total: texts.total, numbers, rates };
}

function searchTable({ model, texts, numbers, words }: RunView): Block[] {
  if (!model.search) return [];
  const rows = model.search.steps.map((step) =>
    row(
      texts.stepNumber(step.step),
      `${numbers.integer(step.levelPercent)} %`,
      texts.purposes[step.purpose],
      texts.verdicts[step.word],
    ),
  );
  const [step = '', level = '', purpose = '', , verdict = ''] = texts.columns.search;
  return [simpleTable(words.captions.search, [step, level, purpose, verdict], [2, 2, 2, 2], rows)];
}

const STEP_WIDTHS = [0.4, 2.5, 1.7, 1.8, 1.35, 1.5, 1.2, 1.1, 0.75];

/** Table «Результат ступени»; a row whose accuracy is below its limit is red. */
function stepTable(run: RunView, hold: HoldObservation): Block {
  const { texts, numbers, model } = run;
  const titles = texts.columns.step;
  const heading = texts.stepHeading(
    numbers.integer(hold.levelPercent),
    numbers.clock(hold.startedAt),
    numbers.clock(hold.finishedAt),
  );
  const verdict = model.verdict.holds.find((each) => each.step === hold.step);
  return {
    kind: 'table',
    caption: verdict ? `${heading}. ${texts.verdicts[verdict.word]}` : heading,
    columns: STEP_WIDTHS.map((width, at) => ({
      title: titles[at] ?? '',
      width,
      align: at === 1 || at === 2 ? 'left' : 'right',
    })),
    rows: hold.operations.map((each, at) => stepRow(run, hold, each, at)),
  };
}

function stepRow(
  { model, numbers, title, slaMs }: RunView,
  hold: HoldObservation,
  each: OperationObservation,
  at: number,
): PaperRow {
  const accuracy = accuracyPercent(each);
  const isBad = accuracy < model.planned.profile.accuracyLimitPercent;
  const isSlow = (each.slaPercentileMs ?? 0) > slaMs(each.operation as OperationId);
  const planned = model.planned.operations.find(({ operation }) => operation === each.operation);
  const rate = ((planned?.perHour ?? 0) * hold.levelPercent) / 100;
  const cells: PaperCell[] = [
    cell(String(at + 1)),
    cell(title(each.operation)),
    cell(each.operation),
    cell(numbers.integer(rate)),
    cell(numbers.integer(each.succeeded)),
    cell(numbers.integer(each.failed), each.failed > 0 ? 'bad' : 'plain'),
    cell(numbers.decimal(accuracy), isBad ? 'bad' : 'plain'),
    cell(numbers.integer(each.p90Ms), isSlow ? 'bad' : 'plain'),
    cell(numbers.decimal(slaMs(each.operation as OperationId) / 1000)),
  ];
  return { cells, ...(isBad ? { tone: 'bad' as const } : {}) };
}

function detailsTable({ texts, numbers, title, slaMs, words }: RunView, hold: HoldObservation): Block {
  const rows = hold.operations.map((each) =>
    row(
      title(each.operation),
      ...[
        each.acceptedP50Ms,
        each.acceptedP95Ms,
        each.p50Ms,
        each.p95Ms,
        each.p99Ms,
        each.maxMs,
        each.serviceP95Ms,
      ].map(numbers.integer),
      numbers.integer(slaMs(each.operation as OperationId)),
    ),
  );
  const [first = '', ...rest] = texts.columns.details;
  return {
    kind: 'table',
    caption: `${words.captions.details}: ${texts.stepNumber(hold.step)}`,
    columns: columns([first, 3], ...rest.map((title) => [title, 1.25, 'right'] as const)),
    rows,
  };
}

function fitness({ model, texts, numbers, words }: RunView): Block[] {
  if (model.verdict.holds.length === 0) return [paragraph(texts.notes.noHolds)];
  const rows = model.verdict.holds.map((verdict): PaperRow => {
    const hold = model.holds.find((each) => each.step === verdict.step);
    const lowest = Math.min(...(hold?.operations ?? []).map(accuracyPercent));
    const figure = (code: (typeof verdict.fitness)[number]['code']): PaperCell => {
      const check = verdict.fitness.find((each) => each.code === code);
      if (!check?.applied) return cell(texts.notes.littleNotApplied);
      return cell(numbers.decimal(check.value), check.passed ? 'plain' : 'bad');
    };
    return {
      cells: [
        cell(`${texts.stepNumber(verdict.step)}, ${numbers.integer(verdict.levelPercent)} %`),
        cell(numbers.decimal(lowest), lowest < model.planned.profile.accuracyLimitPercent ? 'bad' : 'plain'),
        figure('lag'),
        figure('cpu'),
        figure('dropped'),
        figure('little'),
        cell(texts.verdicts[verdict.word]),
      ],
    };
  });
  const [step = '', ...rest] = texts.columns.fitness;
  const described = columns([step, 2.2], ...rest.map((title) => [title, 1.3, 'right'] as const));
  return [{ kind: 'table', caption: words.captions.fitness, columns: described, rows }, note(texts.notes.fitness)];
}

function errors({ model, texts, numbers, title, words }: RunView): Block[] {
  if (model.errors.length === 0) return [paragraph(texts.notes.noErrors)];
  const rows = model.errors
    .slice(0, 100)
    .map((each) =>
      row(
        title(each.operation),
        each.cause,
        numbers.integer(each.count),
        numbers.integer(each.onHold),
        each.exampleTraceId ?? '–',
      ),
    );
  const [operation = '', cause = '', all = '', hold = '', trace = ''] = texts.columns.errors;
  const described = columns([operation, 2.4], [cause, 3.4], [all, 0.8, 'right'], [hold, 1, 'right'], [trace, 2.4]);
  return [{ kind: 'table', caption: words.captions.errors, columns: described, rows }];
}
