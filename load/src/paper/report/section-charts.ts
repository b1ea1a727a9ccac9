import type { OperationId } from '../../profiles/operations.js';
import type { OperationSeries } from '../../report/series.js';
import type { Block, PaperSeries } from '../block.js';
import type { RunView } from './paper-view.js';

const COLOURS = { p50: '2F6FB3', p95: 'D9822B', p99: 'A23E48', planned: '7A8793', completed: '2E8B57', sla: 'C62828' };
const MINUTE_MS = 60_000;

/** Latency of every operation, rate of all, the generator; over minutes from the start of the load. */
export function chartBlocks(run: RunView): Block[] {
  return [...run.model.series.map((series) => latencyChart(run, series)), rateChart(run), generatorChart(run)].flatMap(
    (block) => block ?? [],
  );
}

function latencyChart(run: RunView, series: OperationSeries): Block | undefined {
  const line = (name: 'p50' | 'p95' | 'p99', pick: (p: OperationSeries['points'][number]) => number | undefined) =>
    lineOf(
      name,
      COLOURS[name],
      series.points.map((point) => [middle(run, point.atMs), pick(point)]),
    );
  const lines = [line('p99', (p) => p.p99Ms), line('p95', (p) => p.p95Ms), line('p50', (p) => p.p50Ms)];
  const drawn = lines.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return undefined;
  const sla = run.slaMs(series.operation as OperationId);
  const highest = Math.max(...drawn.flatMap(({ points }) => points.map(({ y }) => y)));
  const end = Math.max(...drawn.flatMap(({ points }) => points.map(({ x }) => x)));
  const limit =
    sla > 0 && sla <= highest * 2.5
      ? [
          lineOf(
            'SLA',
            COLOURS.sla,
            [
              [0, sla],
              [end * MINUTE_MS, sla],
            ],
            true,
          ),
        ]
      : [];
  return {
    kind: 'chart',
    caption: run.words.latencyChart(run.title(series.operation)),
    xTitle: run.words.minutes,
    yTitle: run.texts.chart.milliseconds,
    series: [...drawn, ...limit],
  };
}

function rateChart(run: RunView): Block | undefined {
  const { model, texts, words } = run;
  const length = Math.max(0, ...model.series.map(({ points }) => points.length));
  if (length === 0) return undefined;
  const rate = (pick: 'planned' | 'completed') =>
    Array.from({ length }, (_, at): [number, number] => {
      const all = model.series.reduce((sum, { points }) => sum + (points[at]?.[pick] ?? 0), 0);
      return [middle(run, at * model.bucketMs), (all * 1000) / model.bucketMs];
    });
  return {
    kind: 'chart',
    caption: words.captions.throughput,
    xTitle: words.minutes,
    yTitle: texts.chart.perSecond,
    series: [
      lineOf(texts.chart.planned, COLOURS.planned, rate('planned'), true),
      lineOf(texts.chart.completed, COLOURS.completed, rate('completed')),
    ],
  };
}

function generatorChart({ model, texts, words }: RunView): Block | undefined {
  if (model.health.length === 0) return undefined;
  return {
    kind: 'chart',
    caption: words.captions.generator,
    xTitle: words.minutes,
    yTitle: '',
    series: [
      lineOf(
        texts.chart.inFlight,
        COLOURS.p50,
        model.health.map((point) => [point.atMs, point.inFlight]),
      ),
      lineOf(
        texts.chart.cpu,
        COLOURS.completed,
        model.health.map((point) => [point.atMs, point.cpuPercent]),
      ),
    ],
  };
}

function lineOf(
  name: string,
  colour: string,
  points: readonly (readonly [number, number | undefined])[],
  isDashed = false,
): PaperSeries {
  const known = points.flatMap(([atMs, y]) =>
    y === undefined || !Number.isFinite(y)
      ? []
      : [{ x: Number((atMs / MINUTE_MS).toFixed(3)), y: Number(y.toFixed(2)) }],
  );
  return { name, colour, points: known, isDashed };
}

function middle({ model }: RunView, atMs: number): number {
  return atMs + model.bucketMs / 2;
}
