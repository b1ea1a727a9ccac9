import type { Analysis } from '../../analysis/analysis.js';
import type { Finding } from '../../analysis/finding.js';
import type { Block, PaperRow } from '../block.js';
import { heading, list, paragraph, row } from '../block.js';
import { simpleTable } from '../plain-table.js';
import { databaseBlocks } from './section-database.js';
import { kindOf } from './paper-view.js';
import type { PaperView, RunView } from './paper-view.js';
import { pointsBlocks } from './section-points.js';

/** Section «Рекомендации по итогам»: the findings of every run with evidence and advice. */
export function findingBlocks(view: PaperView): Block[] {
  const found = view.runs.flatMap((run) => (run.analysis?.findings ?? []).map((finding) => ({ run, finding })));
  if (found.length === 0) return [paragraph(view.words.noFindings)];
  return found.flatMap(({ run, finding }) => [
    heading(2, finding.title[view.language]),
    ...evidenceBlocks(run, finding),
  ]);
}

function evidenceBlocks(
  { words, language }: RunView,
  { evidence, counterEvidence, recommendations }: Finding,
): Block[] {
  const part = (title: string, lines: readonly string[]): Block[] =>
    lines.length > 0 ? [paragraph([{ text: title, isBold: true }]), list(lines)] : [];
  return [
    ...part(
      words.evidence,
      evidence.map(({ text }) => text[language]),
    ),
    ...part(
      words.counter,
      counterEvidence.map(({ text }) => text[language]),
    ),
    ...part(
      words.advice,
      recommendations.map((each) => each[language]),
    ),
  ];
}

/** Section «Локализация узких мест» of one run: the ranked list and what it rests on. */
export function bottleneckBlocks(run: RunView, isOneOfMany: boolean): Block[] {
  const { analysis, words } = run;
  const title: Block[] = isOneOfMany ? [heading(2, kindOf(run))] : [];
  if (!analysis) return [...title, paragraph(words.noAnalysis)];
  const level = isOneOfMany ? 3 : 2;
  return [
    ...title,
    heading(level, words.sections.findings),
    findingsTable(run, analysis.findings),
    ...pointsBlocks(run, analysis, level),
    ...externalBlocks(run, analysis, level),
    ...databaseBlocks(run, analysis, level),
    ...correlationBlocks(run, analysis, level),
    ...driftBlocks(run, analysis, level),
  ];
}

function findingsTable({ words, language, numbers }: RunView, findings: readonly Finding[]): Block {
  if (findings.length === 0) return paragraph(words.noFindings);
  const rows = findings.map((finding, at) =>
    row(
      String(at + 1),
      finding.title[language],
      words.layers[finding.layer],
      numbers.integer(finding.score * 100),
      numbers.integer((finding.seenShare ?? finding.score) * 100),
      words.confidence[finding.confidence],
    ),
  );
  return simpleTable(words.captions.findings, words.columns.findings, [0.5, 4.4, 1.8, 1.1, 1.2, 1.6], rows);
}

function externalBlocks({ words, numbers }: RunView, { external }: Analysis, level: 2 | 3): Block[] {
  if (external.length === 0) return [];
  const rows = external.map((each) =>
    row(
      numbers.integer(each.levelPercent),
      each.system,
      each.operation,
      numbers.decimal(each.callsPerSecond),
      numbers.integer(each.meanMs),
      numbers.integer(each.injectedMs),
      numbers.decimal(each.share * 100),
      numbers.decimal(each.refusedShare * 100),
    ),
  );
  return [
    heading(level, words.sections.external),
    simpleTable(words.captions.external, words.columns.external, [1.1, 1.2, 2, 1.2, 1.2, 1.2, 1, 1.1], rows),
  ];
}

function correlationBlocks({ words, numbers, title }: RunView, { correlations }: Analysis, level: 2 | 3): Block[] {
  if (correlations.length === 0) return [];
  const rows = correlations.slice(0, 40).map((each): PaperRow => {
    const against = each.operation === undefined ? each.with : `${each.with}, ${title(each.operation)}`;
    const growth = each.growsFasterThanLoad ? words.yes : words.no;
    return row(each.metric, against, numbers.decimal(each.rho), String(each.n), growth);
  });
  return [
    heading(level, words.sections.correlation),
    simpleTable(words.captions.correlation, words.columns.correlation, [3.5, 3, 1.2, 0.6, 1.7], rows),
  ];
}

function driftBlocks({ words, numbers, title }: RunView, { drift }: Analysis, level: 2 | 3): Block[] {
  if (drift.length === 0) return [];
  const rows = drift.map((each) => {
    const metric = each.operation === undefined ? each.metric : `${each.metric}, ${title(each.operation)}`;
    const figure = (value: number) => `${numbers.decimal(value)} ${each.unit}`.trim();
    return row(
      metric,
      figure(each.slopePerHour),
      `${numbers.decimal(each.low)} … ${numbers.decimal(each.high)}`,
      figure(each.firstHour),
      figure(each.lastHour),
      String(each.n),
      each.isDrifting ? words.yes : words.no,
    );
  });
  return [
    heading(level, words.sections.drift),
    simpleTable(words.captions.drift, words.columns.drift, [2.6, 1.6, 1.8, 1.6, 1.6, 0.6, 0.8], rows),
  ];
}
