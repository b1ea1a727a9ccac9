import type { CriticalPath } from './critical-path.js';
import { stepOf } from './operation-statistics.js';
import type { KeptTrace } from './trace-summary.js';
import type { TraceTree } from './trace-tree.js';

/** Traces kept of each operation, step and stage, for either reason. */
const KEPT_OF_EACH = 3;
/** Operations, steps and stages told apart. */
const MAX_CELLS = 500;

/** The slowest operations and some failed ones, whole. */
export class KeptTraces {
  private readonly cells = new Map<string, KeptTrace[]>();

  offer(tree: TraceTree, path: CriticalPath, subject: string | undefined): void {
    const { span } = tree.root;
    const { step, stage } = stepOf(span);
    const why = span.error === undefined ? 'slowest' : 'failed';
    const durationMs = tree.root.endMs - tree.root.startMs;
    const cell = this.cell(`${why}|${span.name}|${step}|${stage}`);
    if (cell === undefined) return;
    if (cell.length >= KEPT_OF_EACH && cell.at(-1)!.durationMs >= durationMs) return;
    cell.push({
      traceId: span.traceId,
      operation: span.name,
      step,
      stage,
      why,
      ...(subject === undefined ? {} : { subject }),
      durationMs,
      spans: tree.nodes.map(({ span: each, startMs, endMs }) => ({ ...each, startMs, endMs })),
      path: path.stretches.map(({ node, fromMs, toMs }) => ({ spanId: node.span.spanId, fromMs, toMs })),
      parts: path.parts,
    });
    cell.sort((left, right) => right.durationMs - left.durationMs);
    cell.length = Math.min(cell.length, KEPT_OF_EACH);
  }

  /** By operation and step, slowest first. */
  all(): KeptTrace[] {
    return [...this.cells.values()].flat();
  }

  private cell(key: string): KeptTrace[] | undefined {
    let cell = this.cells.get(key);
    if (cell === undefined && this.cells.size < MAX_CELLS) this.cells.set(key, (cell = []));
    return cell;
  }
}
