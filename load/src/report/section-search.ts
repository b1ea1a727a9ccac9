import { pointsOf, throughput } from '../search/points.js';
import type { SearchPoint } from '../search/points.js';
import { demandsOf } from '../verdict/observe-run.js';
import type { Markup } from './markup.js';
import { html, table } from './markup.js';
import type { ReportView } from './report-view.js';

/** The way of a search for the maximum: its steps with their verdicts, and the points of spec section 2. */
export function searchSection(view: ReportView): Markup | undefined {
  const { model, texts, numbers } = view;
  const { search } = model;
  if (!search) return undefined;
  const rows = search.steps.map((step) => {
    const hold = model.holds.find((each) => each.step === step.step);
    return {
      cells: [
        { text: texts.stepNumber(step.step) },
        { text: `${numbers.integer(step.levelPercent)} %`, kind: 'number' as const },
        { text: texts.purposes[step.purpose] },
        { text: hold ? `${numbers.decimal(throughput(hold))} %` : '–', kind: 'number' as const },
        { text: html`<span class="badge ${step.word}">${texts.verdicts[step.word]}</span>` },
      ],
    };
  });
  return html`<section>
    <h2>${texts.sections.search}</h2>
    ${table(texts.columns.search, rows)}
    <ul class="reasons">
      ${pointLines(view).map((line) => html`<li>${line}</li>`)}
    </ul>
    <p class="note">${texts.notes.search}</p>
  </section>`;
}

function pointLines(view: ReportView): string[] {
  const { model, texts, numbers } = view;
  if (!model.search) return [];
  const found = pointsOf(model.holds, model.search, demandsOf(model.planned));
  const line = (name: 'degradation' | 'errors' | 'saturation') => {
    const point = found[name];
    return `${texts.points[name]}: ${point ? where(view, point, name) : texts.points.none}`;
  };
  const lines = [line('degradation'), line('errors'), line('saturation')];
  const { throughputPercent } = found;
  if (throughputPercent !== undefined)
    lines.push(`${texts.points.throughput}: ${numbers.decimal(throughputPercent)} %`);
  return lines;
}

function where(view: ReportView, point: SearchPoint, name: 'degradation' | 'errors' | 'saturation'): string {
  const { texts, numbers } = view;
  const title = point.operation === undefined ? '' : view.title(point.operation);
  return `${numbers.integer(point.levelPercent)} % (${texts.pointValue[name](numbers.decimal(point.value), title)})`;
}
