import { accuracyPercent } from '../verdict/judge-hold.js';
import type { HoldObservation, OperationObservation } from '../verdict/observation.js';
import type { FitnessCheck } from '../verdict/verdict.js';
import type { Markup, TableCell } from './markup.js';
import { html, table } from './markup.js';
import type { ReportView } from './report-view.js';

const FEW = 50;

const text = (value: string): TableCell => ({ text: value });
const code = (value: string): TableCell => ({ text: value, kind: 'name' });
const number = (value: string, isBad = false): TableCell => ({ text: value, kind: 'number', isBad });

/** Table «Профиль» (spec 7.3). */
export function profileSection(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const rows = model.planned.operations.map(({ operation, perHour }, index) => ({
    cells: [
      number(String(index + 1)),
      text(view.title(operation)),
      code(operation),
      number(numbers.integer(perHour)),
      number(numbers.decimal(view.slaMs(operation) / 1000)),
    ],
  }));
  const total = model.planned.operations.reduce((sum, each) => sum + each.perHour, 0);
  const last = {
    className: 'total',
    cells: [number(''), text(texts.total), code(''), number(numbers.integer(total)), number('')],
  };
  return html`<section>
    <h2>${texts.sections.profile}</h2>
    ${table(texts.columns.profile, [...rows, last])}
  </section>`;
}

/** Tables «Результат ступени» and the latencies behind them, one pair per hold. */
export function stepsSection(view: ReportView): Markup {
  const { model, texts } = view;
  if (model.holds.length === 0) {
    return html`<section>
      <h2>${texts.sections.steps}</h2>
      <p>${texts.notes.noHolds}</p>
    </section>`;
  }
  const accuracyNote = html`<p class="note">${texts.notes.accuracy}</p>`;
  return html`<section>
      <h2>${texts.sections.steps}</h2>
      ${model.holds.map((hold) => stepTable(view, hold))}${accuracyNote}
    </section>
    <section>
      <h2>${texts.sections.details}</h2>
      ${model.holds.map((hold) => detailsTable(view, hold))}
      <p class="note">${texts.notes.details}</p>
    </section>`;
}

function stepTable(view: ReportView, hold: HoldObservation): Markup {
  const { model, texts, numbers } = view;
  const limit = model.planned.profile.accuracyLimitPercent;
  const rows = hold.operations.map((row, index) => {
    const accuracy = accuracyPercent(row);
    return {
      className: accuracy < limit ? 'bad' : '',
      cells: [
        number(String(index + 1)),
        text(view.title(row.operation)),
        code(row.operation),
        number(numbers.integer(targetPerHour(view, row, hold))),
        number(numbers.integer(row.succeeded)),
        number(numbers.integer(row.failed), row.failed > 0),
        number(numbers.decimal(accuracy), accuracy < limit),
        number(numbers.integer(row.p90Ms)),
        number(numbers.decimal(slaOf(view, row) / 1000)),
      ],
    };
  });
  const few = hold.operations.filter((row) => row.planned > 0 && row.planned < FEW).map((row) => row.operation);
  const fewNote = few.length > 0 ? html`<p class="note">${texts.notes.few(few.join(', '))}</p>` : undefined;
  const verdict = model.verdict.holds.find((each) => each.step === hold.step);
  const badge = verdict && html` <span class="badge ${verdict.word}">${texts.verdicts[verdict.word]}</span>`;
  const heading = texts.stepHeading(
    numbers.integer(hold.levelPercent),
    numbers.clock(hold.startedAt),
    numbers.clock(hold.finishedAt),
  );
  return html`<h3>${heading}${badge}</h3>
    ${table(texts.columns.step, rows)}${fewNote}`;
}

function detailsTable(view: ReportView, hold: HoldObservation): Markup {
  const { texts, numbers } = view;
  const rows = hold.operations.map((row) => ({
    cells: [
      text(view.title(row.operation)),
      ...[row.acceptedP50Ms, row.acceptedP95Ms, row.p50Ms, row.p95Ms, row.p99Ms, row.maxMs, row.serviceP95Ms].map(
        (ms) => number(numbers.integer(ms)),
      ),
      number(numbers.integer(slaOf(view, row))),
    ],
  }));
  return html`<h3>${texts.stepNumber(hold.step)}</h3>
    ${table(texts.columns.details, rows)}`;
}

/** Table «Годность ступени» (spec 7.3). */
export function fitnessSection(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const rows = model.verdict.holds.map((verdict) => {
    const hold = model.holds.find((each) => each.step === verdict.step);
    const check = (wanted: FitnessCheck['code']) => verdict.fitness.find((each) => each.code === wanted);
    const figure = (wanted: FitnessCheck['code'], show: (value: number) => string) => {
      const found = check(wanted);
      if (!found?.applied) return number(texts.notes.littleNotApplied);
      return number(show(found.value), !found.passed);
    };
    const lowest = Math.min(...(hold?.operations ?? []).map(accuracyPercent));
    const badge = html`<span class="badge ${verdict.word}">${texts.verdicts[verdict.word]}</span>`;
    return {
      cells: [
        text(`${texts.stepNumber(verdict.step)}, ${numbers.integer(verdict.levelPercent)} %`),
        number(numbers.decimal(lowest), lowest < model.planned.profile.accuracyLimitPercent),
        figure('lag', numbers.decimal),
        figure('cpu', numbers.decimal),
        figure('dropped', numbers.integer),
        figure('little', numbers.decimal),
        { text: badge },
      ],
    };
  });
  const body = rows.length > 0 ? table(texts.columns.fitness, rows) : html`<p>${texts.notes.noHolds}</p>`;
  return html`<section>
    <h2>${texts.sections.fitness}</h2>
    ${body}
    <p class="note">${texts.notes.fitness}</p>
  </section>`;
}

function slaOf(view: ReportView, row: OperationObservation): number {
  return view.slaMs(row.operation as Parameters<ReportView['slaMs']>[0]);
}

function targetPerHour(view: ReportView, row: OperationObservation, hold: HoldObservation): number {
  const planned = view.model.planned.operations.find((each) => each.operation === row.operation);
  return ((planned?.perHour ?? 0) * hold.levelPercent) / 100;
}
