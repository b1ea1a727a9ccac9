import type { MetricByHold } from '../analysis.js';
import type { Evidence } from '../finding.js';
import type { Facts, Suspect } from './facts.js';
import { clamp, isConnectionQueue, meanOn } from './facts.js';
import { metricName } from '../metric-names.js';
import { phrase } from './phrase.js';

/** A processor begins to count at this share of its limit and counts fully at the limit. */
const CPU_FROM = 0.75;
const QUEUE_GROWTH = 2;
const QUEUE_LEAST = 3;
/** To name the stage a busy processor works for, any queue will do. */
const LEAST_OF_STAGE = 0.5;
/** A queue is where work waits, hardly ever why: any real cause outweighs it. */
const QUEUE_PULL = 0.1;

/** Processors at their limit; the queue inside the application that grew most names the stage they are busy with. */
export function processors(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  const stage = growingQueues(facts, LEAST_OF_STAGE)[0];
  return analysis.metrics.flatMap((metric): Suspect[] => {
    const after = meanOn(metric, focus.step);
    if (metric.role !== 'cpu' || metric.limit === undefined || after === undefined) return [];
    const pull = clamp((after / metric.limit - CPU_FROM) / (1 - CPU_FROM));
    if (pull === 0) return [];
    return [
      {
        kind: 'cpu',
        layer: metric.layer,
        subject: stage && metric.layer === 'application' ? `${metric.source}: ${stageOf(stage.metric)}` : metric.source,
        direct: 0,
        pull,
        values: { source: metric.source, stage: stage ? stageOf(stage.metric) : '–' },
        evidence: [comparison(facts, metric, after), ...(stage ? [comparison(facts, stage.metric, stage.after)] : [])],
        counterEvidence: [],
      },
    ];
  });
}

/** Work that piles up inside the application, whatever the reason. */
export function queues(facts: Facts): Suspect[] {
  const [top] = growingQueues(facts, QUEUE_LEAST);
  if (!top) return [];
  return [
    {
      kind: 'queue',
      layer: top.metric.layer,
      subject: stageOf(top.metric),
      direct: 0,
      pull: QUEUE_PULL,
      values: { stage: stageOf(top.metric) },
      evidence: [comparison(facts, top.metric, top.after)],
      counterEvidence: [],
    },
  ];
}

/** Memory at its limit. */
export function memory(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  return analysis.metrics.flatMap((metric): Suspect[] => {
    const after = meanOn(metric, focus.step);
    if (metric.role !== 'memory' || metric.limit === undefined || after === undefined) return [];
    if (after < metric.limit) return [];
    const evidence = [comparison(facts, metric, after)];
    const { layer, source } = metric;
    return [{ kind: 'memory', layer, subject: source, direct: 0, pull: 0.6, evidence, counterEvidence: [] }];
  });
}

function growingQueues(facts: Facts, least: number): { metric: MetricByHold; after: number; growth: number }[] {
  const { focus, analysis } = facts;
  return analysis.metrics
    .filter((metric) => metric.role === 'queue' && !isConnectionQueue(metric))
    .flatMap((metric) => {
      const after = meanOn(metric, focus.step) ?? 0;
      const before = meanOn(metric, focus.baselineStep) ?? metric.atStart ?? 0;
      const growth = after - before;
      const isGrown = after >= least && after >= before * QUEUE_GROWTH;
      return isGrown ? [{ metric, after, growth }] : [];
    })
    .sort((a, b) => b.growth - a.growth);
}

/** `hrlink: work in progress: conversion` → `conversion`. */
function stageOf({ name }: MetricByHold): string {
  return name.split(': ').at(-1) as string;
}

function comparison({ focus }: Facts, metric: MetricByHold, after: number): Evidence {
  const before = meanOn(metric, focus.baselineStep);
  const { name, unit, limit } = metric;
  const values = { name: metricName(name), after, before: before ?? 0, unit, limit: limit ?? 0 };
  const limited =
    limit === undefined ? { ru: '', en: '' } : { ru: ', предел {limit} {unit}', en: ', limit {limit} {unit}' };
  const grown = before === undefined ? '{after} {unit}' : '{before} → {after} {unit}';
  return {
    metric: name,
    unit,
    ...(before === undefined ? {} : { baselineStep: focus.baselineStep, before }),
    step: focus.step,
    after,
    n: metric.holds.find(({ step }) => step === focus.step)?.n ?? 0,
    text: phrase({ ru: `{name}: ${grown}${limited.ru}`, en: `{name}: ${grown}${limited.en}` }, values),
  };
}
