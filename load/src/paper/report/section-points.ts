import type { Analysis, SaturationEstimates } from '../../analysis/analysis.js';
import type { Block, PaperRow } from '../block.js';
import { heading, row } from '../block.js';
import { simpleTable } from '../plain-table.js';
import type { RunView } from './paper-view.js';

/** Points of degradation, errors and saturation, and the three estimates of saturation with the limits of their use. */
export function pointsBlocks(run: RunView, { points, saturation }: Analysis, level: 2 | 3): Block[] {
  const { texts, numbers, words, title } = run;
  const rows = (['degradation', 'errors', 'saturation'] as const).map((name) => {
    const point = points[name];
    if (!point) return row(texts.points[name], '–', texts.points.none);
    const operation = point.operation === undefined ? '' : title(point.operation);
    return row(
      texts.points[name],
      numbers.integer(point.levelPercent),
      texts.pointValue[name](numbers.decimal(point.value), operation),
    );
  });
  return [
    heading(level, words.sections.points),
    simpleTable(
      words.captions.points,
      words.columns.points,
      [3, 1.5, 4.5],
      [...rows, ...estimateRows(run, saturation)],
    ),
  ];
}

function estimateRows(run: RunView, saturation: SaturationEstimates): PaperRow[] {
  const { words, numbers, language, title } = run;
  const { elasticity, kneeByThroughput: byThroughput, kneeByLatency: byLatency, usl } = saturation;
  const steps = elasticity.map(({ fromPercent, toPercent, value, isSaturated }) =>
    row(
      words.estimates.elasticity,
      `${numbers.integer(fromPercent)} → ${numbers.integer(toPercent)}`,
      `${numbers.decimal(value)}: ${isSaturated ? words.saturatedStep : words.notSaturated}`,
    ),
  );
  const throughput = byThroughput.applicable
    ? row(
        words.estimates.kneeThroughput,
        numbers.integer(byThroughput.levelPercent),
        words.level(numbers.integer(byThroughput.levelPercent), String(byThroughput.n)),
      )
    : row(words.estimates.kneeThroughput, '–', byThroughput.why[language]);
  const latency = byLatency.applicable
    ? row(
        words.estimates.kneeLatency,
        numbers.integer(byLatency.levelPercent),
        `${title(byLatency.operation)}, n = ${byLatency.n}`,
      )
    : row(words.estimates.kneeLatency, '–', byLatency.why[language]);
  return [...steps, throughput, latency, uslRow(run, usl)];
}

function uslRow({ words, numbers, language }: RunView, usl: SaturationEstimates['usl']): PaperRow {
  if (!usl.applicable) return row(words.estimates.usl, '–', usl.why[language]);
  const { peakPerSecond, peakInFlight, r2, n } = usl;
  const said = words.usl({
    peak: numbers.decimal(peakPerSecond),
    inFlight: numbers.integer(peakInFlight),
    r2: r2.toFixed(2),
    n: String(n),
  });
  return row(words.estimates.usl, '–', said);
}
