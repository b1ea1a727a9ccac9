import { ChartRun } from 'docx/charts';
import type { ScatterChartOptions } from 'docx/charts';
import type { PaperBars, PaperChart, PaperSeries } from '../block.js';
import { CONTENT_PIXELS } from './docx-page.js';
import { wordText } from './docx-text.js';

const SIZE = { width: CONTENT_PIXELS, height: Math.round(CONTENT_PIXELS * 0.42) };

/** A native Word chart over a numeric axis: the customer can edit its data and its looks. */
export function wordChart(chart: PaperChart): ChartRun {
  const options: ScatterChartOptions = {
    type: 'scatter',
    lines: 'straight',
    markers: false,
    transformation: SIZE,
    legend: { position: 'top' },
    altText: { name: wordText(chart.caption), description: wordText(chart.caption) },
    xAxis: {
      title: wordText(chart.xTitle),
      minimum: 0,
      ...(chart.xMaximum === undefined ? {} : { maximum: chart.xMaximum }),
      gridlines: false,
    },
    yAxis: { title: wordText(chart.yTitle), minimum: 0, gridlines: true },
    series: chart.series.map(seriesOf),
  };
  return new ChartRun(options);
}

function seriesOf({ name, colour, points, isDashed }: PaperSeries): ScatterChartOptions['series'][number] {
  return {
    name: wordText(name),
    color: colour,
    points,
    markers: points.length <= 12 ? { shape: 'circle', size: 4 } : false,
    line: { width: 1.5, ...(isDashed ? { dash: 'dash' as const } : {}) },
  };
}

/** Stacked columns. */
export function wordBars(bars: PaperBars): ChartRun {
  return new ChartRun({
    type: 'column',
    stacking: 'stacked',
    transformation: SIZE,
    legend: { position: 'right' },
    altText: { name: wordText(bars.caption), description: wordText(bars.caption) },
    categories: bars.categories.map(wordText),
    valueAxis: { title: wordText(bars.yTitle), minimum: 0 },
    series: bars.series.map(({ name, colour, values }) => ({ name: wordText(name), color: colour, values })),
  });
}
