import { init } from 'echarts';
import type { EChartsOption, SeriesOption, YAXisComponentOption } from 'echarts';
import { html, Markup } from './markup.js';
import { INK, INK_NAMES, themed } from './chart-colours.js';

/** One line of a chart. */
export interface ChartLine {
  name: string;
  /** Pairs of milliseconds from the start of the load and value; undefined leaves a gap. */
  points: [number, number | undefined][];
  colour: string;
  dashed?: boolean;
  /** Draws against the right-hand axis. */
  onRight?: boolean;
}

/** Single measurements drawn behind the lines. */
export interface ChartDots {
  name: string;
  points: [number, number][];
  colour: string;
}

export interface TimeChart {
  /** Different for every chart of a page: ids inside the drawing begin with it. */
  id: string;
  lines: ChartLine[];
  dots?: ChartDots[];
  /** Stretches of the time axis to shade: the judged holds. */
  holds: [number, number][];
  unit: string;
  /** Horizontal limit line, drawn when it fits the scale. */
  limit?: { value: number; name: string };
  endMs: number;
  /** Numbers of the axes in the report's language. */
  format: (value: number) => string;
  size: { width: number; height: number };
}

const GRID = { left: 52, right: 18, top: 34, bottom: 26 };

/** A line chart over the time of the load as inline SVG without any outer reference; colours follow the page's theme. */
export function timeChart(chart: TimeChart): Markup {
  const { width, height } = chart.size;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  drawing.setOption(optionsOf(chart));
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return html`<div class="chart" data-chart="${JSON.stringify(zoomable(chart))}">
    ${new Markup(themed(svg, chart.id))}
  </div>`;
}

/** What the page needs to draw the chart again, larger; colours are names of the page's variables. */
function zoomable({ lines, dots = [], holds, unit, limit, endMs }: TimeChart) {
  const named = <T extends { colour: string }>(each: T) => ({ ...each, colour: INK_NAMES.get(each.colour) });
  return { lines: lines.map(named), dots: dots.map(named), holds, unit, limit, endMs };
}

function optionsOf(chart: TimeChart): EChartsOption {
  const hasRight = chart.lines.some((line) => line.onRight);
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', fontSize: 11.5, color: INK.soft },
    grid: { ...GRID, right: hasRight ? 46 : GRID.right },
    legend: {
      top: 0,
      right: 8,
      itemWidth: 14,
      itemHeight: 7,
      itemGap: 14,
      icon: 'roundRect',
      textStyle: { color: INK.soft },
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: chart.endMs,
      interval: tickMs(chart.endMs),
      axisLabel: { formatter: (at: number) => minutes(at), color: INK.soft, showMaxLabel: false },
      axisLine: { lineStyle: { color: INK.line } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: hasRight ? [valueAxis(chart), valueAxis(chart, false)] : valueAxis(chart),
    series: [...(chart.dots ?? []).map(dotSeries), ...chart.lines.map((line, index) => lineSeries(chart, line, index))],
  };
}

function valueAxis(chart: TimeChart, isLeft = true): YAXisComponentOption {
  return {
    type: 'value',
    name: isLeft ? chart.unit : '',
    nameGap: 8,
    nameTextStyle: { color: INK.soft, align: isLeft ? 'right' : 'left' },
    min: 0,
    axisLabel: { color: INK.soft, formatter: chart.format },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: isLeft, lineStyle: { color: INK.line } },
  };
}

function dotSeries(dots: ChartDots): SeriesOption {
  const itemStyle = { color: dots.colour, opacity: 0.45 };
  return { type: 'scatter', name: dots.name, data: dots.points, symbolSize: 5, itemStyle };
}

function lineSeries(chart: TimeChart, line: ChartLine, index: number): SeriesOption {
  const series: SeriesOption = {
    type: 'line',
    name: line.name,
    data: line.points.map(([at, value]) => [at, value ?? null]),
    yAxisIndex: line.onRight ? 1 : 0,
    showSymbol: line.points.length < 40,
    symbol: 'circle',
    symbolSize: 4,
    connectNulls: true,
    itemStyle: { color: line.colour },
    lineStyle: { color: line.colour, width: 2, type: line.dashed ? 'dashed' : 'solid' },
  };
  if (index > 0) return series;
  const holds = chart.holds.map(([from, to]) => [{ xAxis: from }, { xAxis: to }]);
  series.markArea = { silent: true, itemStyle: { color: INK.hold }, data: holds as never };
  if (chart.limit && chart.limit.value <= highest(chart) * 2.5) {
    series.markLine = {
      silent: true,
      symbol: 'none',
      lineStyle: { color: INK.bad, type: 'dotted', width: 1.5 },
      label: { formatter: chart.limit.name, color: INK.bad, position: 'insideEndTop' },
      data: [{ yAxis: chart.limit.value }],
    };
  }
  return series;
}

/** Whether the limit line is inside the scale; if not, the caption has to say where it is. */
export function isLimitShown(chart: TimeChart): boolean {
  return chart.limit !== undefined && chart.limit.value <= highest(chart) * 2.5;
}

function highest(chart: TimeChart): number {
  const lines = chart.lines.flatMap((line) => line.points.map(([, value]) => value ?? 0));
  const dots = (chart.dots ?? []).flatMap((each) => each.points.map(([, value]) => value));
  return [...lines, ...dots].reduce((top, value) => Math.max(top, value), 0);
}

/** Six ticks or so on round times. */
function tickMs(endMs: number): number {
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);
  return steps.find((step) => endMs / step <= 8) ?? 14_400_000;
}

function minutes(atMs: number): string {
  const seconds = Math.round(atMs / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
