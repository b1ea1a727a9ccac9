import { totalMs } from '../engine/timeline.js';
import type { OperationId } from '../profiles/operations.js';
import { INK } from './chart-colours.js';
import type { TimeChart } from './charts.js';
import { isLimitShown, timeChart } from './charts.js';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import type { ReportView } from './report-view.js';
import type { OperationSeries } from './series.js';

const HALF = { width: 540, height: 230 };
const FULL = { width: 1120, height: 250 };

/** Charts: latency of every operation, intensity, the generator. */
export function chartsSection(view: ReportView): Markup {
  const { model, texts } = view;
  const figures = model.series.map((series) => latencyFigure(view, series));
  return html`<section>
    <h2>${texts.sections.charts}</h2>
    <p class="note">${texts.chart.latency}, ${texts.chart.milliseconds}</p>
    <div class="charts">${figures}${intensityFigure(view)}${generatorFigure(view)}</div>
  </section>`;
}

function latencyFigure(view: ReportView, series: OperationSeries): Markup {
  const { texts, numbers } = view;
  const sla = view.slaMs(series.operation as OperationId);
  const line = (name: string, colour: string, pick: (p: OperationSeries['points'][number]) => number | undefined) => ({
    name,
    colour,
    points: series.points.map((point): [number, number | undefined] => [middle(view, point.atMs), pick(point)]),
  });
  const limitName = texts.chart.slaOutside(numbers.decimal(sla / 1000));
  const chart: TimeChart = {
    ...frame(view),
    id: `latency-${series.operation}`,
    size: HALF,
    unit: '',
    limit: { value: sla, name: limitName },
    dots: [
      { name: texts.chart.operation, colour: INK.mute, points: series.dots },
      { name: texts.chart.failed, colour: INK.bad, points: series.failedDots },
    ].filter((dots) => dots.points.length > 0),
    lines: [
      line('p99', INK.c3, (p) => p.p99Ms),
      line('p95', INK.c2, (p) => p.p95Ms),
      line('p50', INK.c1, (p) => p.p50Ms),
    ],
  };
  const outside = isLimitShown(chart) ? '' : ` · ${limitName}`;
  return html`<figure>
    <figcaption>${view.title(series.operation)}<span>${outside}</span></figcaption>
    ${timeChart(chart)}
  </figure>`;
}

function intensityFigure(view: ReportView): Markup {
  const { model, texts } = view;
  const length = Math.max(0, ...model.series.map((series) => series.points.length));
  const plannedLength = Math.ceil(totalMs(model.planned.phases) / model.bucketMs);
  const rate = (pick: 'planned' | 'completed', count: number) =>
    Array.from({ length: Math.min(length, count) }, (_, index): [number, number] => {
      const all = model.series.reduce((sum, series) => sum + (series.points[index]?.[pick] ?? 0), 0);
      return [middle(view, index * model.bucketMs), Number(((all * 1000) / model.bucketMs).toFixed(2))];
    });
  const chart: TimeChart = {
    ...frame(view),
    id: 'intensity',
    size: FULL,
    unit: texts.chart.perSecond,
    lines: [
      { name: texts.chart.planned, colour: INK.c2, points: rate('planned', plannedLength), dashed: true },
      { name: texts.chart.completed, colour: INK.c4, points: rate('completed', length) },
    ],
  };
  return html`<figure class="wide">
    <figcaption>${texts.chart.throughput}</figcaption>
    ${timeChart(chart)}
  </figure>`;
}

function generatorFigure(view: ReportView): Markup {
  const { model, texts } = view;
  const chart: TimeChart = {
    ...frame(view),
    id: 'generator',
    size: FULL,
    unit: '',
    lines: [
      { name: texts.chart.inFlight, colour: INK.c1, points: model.health.map((point) => [point.atMs, point.inFlight]) },
      {
        name: texts.chart.cpu,
        colour: INK.c4,
        onRight: true,
        points: model.health.map((point) => [point.atMs, Number(point.cpuPercent.toFixed(1))]),
      },
    ],
  };
  return html`<figure class="wide">
    <figcaption>${texts.chart.generator}</figcaption>
    ${timeChart(chart)}
  </figure>`;
}

function middle(view: ReportView, atMs: number): number {
  return atMs + view.model.bucketMs / 2;
}

function frame(view: ReportView): Pick<TimeChart, 'holds' | 'endMs' | 'format'> {
  const { phases } = view.model.planned;
  const lastPoint = Math.max(0, ...view.model.series.map((series) => series.points.length)) * view.model.bucketMs;
  const { numbers } = view;
  return {
    format: (value) => (Number.isInteger(value) ? numbers.integer(value) : numbers.decimal(value)),
    endMs: Math.max(totalMs(phases), lastPoint),
    holds: phases
      .filter((phase) => phase.kind === 'hold')
      .map((phase): [number, number] => [phase.startMs + phase.settleMs, phase.startMs + phase.durationMs]),
  };
}
