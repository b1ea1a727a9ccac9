import type { CriticalPath } from './critical-path.js';
import { DurationHistogram } from './duration-histogram.js';
import type { PartKey } from './part.js';
import { isRemoteCall, type TraceNode, type TraceTree } from './trace-tree.js';
import type { TraceSpan } from './trace-span.js';
import type { StepParts, TraceSummary } from './trace-summary.js';

/** Slowest operations whose parts are shown beside the mean. */
const SLOWEST = 10;

interface Cell {
  readonly operation: string;
  readonly step: number;
  readonly stage: string;
  failed: number;
  readonly durations: DurationHistogram;
  readonly sums: Record<PartKey, number>;
  /** Slowest first. */
  readonly slowest: { readonly ms: number; readonly parts: Record<PartKey, number> }[];
}

/** Adds up critical paths by operation, step and stage. */
export class OperationStatistics {
  private readonly cells = new Map<string, Cell>();
  /** Calls, by service and name, that have had a span on the other side at least once. */
  private readonly answered = new Set<string>();
  private total = 0;
  private complete = 0;
  private orphans = 0;
  private maxSumErrorPercent = 0;
  private maxSkewMs = 0;

  add(tree: TraceTree, { parts }: CriticalPath): void {
    const { span, startMs, endMs } = tree.root;
    const ms = endMs - startMs;
    this.total += 1;
    this.orphans += tree.orphans.length;
    if (tree.orphans.length === 0 && this.isAnswered(tree)) this.complete += 1;
    const sum = Object.values(parts).reduce((all, each) => all + each, 0);
    if (ms > 0) this.maxSumErrorPercent = Math.max(this.maxSumErrorPercent, (Math.abs(sum - ms) / ms) * 100);
    this.maxSkewMs = Math.max(this.maxSkewMs, tree.skewMs);
    const cell = this.cell(span);
    if (span.error !== undefined) cell.failed += 1;
    cell.durations.add(ms);
    addParts(cell.sums, parts);
    keepSlowest(cell, { ms, parts });
  }

  completeness(): TraceSummary['operations'] {
    const { total, complete, orphans: orphanSpans, maxSumErrorPercent, maxSkewMs } = this;
    return { total, complete, orphanSpans, maxSumErrorPercent, maxSkewMs };
  }

  steps(): StepParts[] {
    const cells = [...this.cells.values()].sort((left, right) => left.step - right.step);
    return cells.map(({ operation, step, stage, failed, durations, sums, slowest }) => {
      const ofSlowest: Record<PartKey, number> = {};
      for (const { parts } of slowest) addParts(ofSlowest, parts);
      return {
        operation,
        step,
        stage,
        count: durations.count,
        failed,
        meanMs: durations.sumMs / durations.count,
        p95Ms: durations.percentile(95),
        parts: divided(sums, durations.count),
        slowestMs: slowest.reduce((sum, { ms }) => sum + ms, 0) / slowest.length,
        slowest: divided(ofSlowest, slowest.length),
      };
    });
  }

  /** Every call whose like has ever been answered with a span of the other side has one here too. */
  private isAnswered({ nodes }: TraceTree): boolean {
    let complete = true;
    for (const node of nodes) {
      const { kind, service, name, error } = node.span;
      if (kind !== 'client') continue;
      const key = `${service} ${name}`;
      if (hasAnswer(node)) this.answered.add(key);
      else if (error === undefined && this.answered.has(key)) complete = false;
    }
    return complete;
  }

  private cell(root: TraceSpan): Cell {
    const { step, stage } = stepOf(root);
    const key = `${root.name}|${step}|${stage}`;
    let cell = this.cells.get(key);
    if (cell === undefined) {
      const durations = new DurationHistogram();
      cell = { operation: root.name, step, stage, failed: 0, durations, sums: {}, slowest: [] };
      this.cells.set(key, cell);
    }
    return cell;
  }
}

/** Step and stage of the plan an operation was begun in. */
export function stepOf({ attributes }: TraceSpan): { step: number; stage: string } {
  const stage = attributes['poligon.stage'];
  return { step: Number(attributes['poligon.step'] ?? 0), stage: typeof stage === 'string' ? stage : 'hold' };
}

function hasAnswer(node: TraceNode): boolean {
  return node.children.some((child) => isRemoteCall(node.span, child.span));
}

function addParts(sums: Record<PartKey, number>, parts: Readonly<Record<PartKey, number>>): void {
  for (const [key, ms] of Object.entries(parts)) sums[key] = (sums[key] ?? 0) + ms;
}

function divided(sums: Readonly<Record<PartKey, number>>, count: number): Record<PartKey, number> {
  return Object.fromEntries(Object.entries(sums).map(([key, ms]) => [key, ms / count]));
}

function keepSlowest({ slowest }: Cell, candidate: Cell['slowest'][number]): void {
  if (slowest.length >= SLOWEST && slowest.at(-1)!.ms >= candidate.ms) return;
  slowest.push(candidate);
  slowest.sort((left, right) => right.ms - left.ms);
  slowest.length = Math.min(slowest.length, SLOWEST);
}
