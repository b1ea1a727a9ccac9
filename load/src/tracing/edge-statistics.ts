import { DurationHistogram } from './duration-histogram.js';
import { LOAD_SERVICE } from './trace-span.js';
import type { TraceNode } from './trace-tree.js';
import { isRemoteCall } from './trace-tree.js';

/** Figures of all calls of one kind from one process to another, or of one kind of work within a process. */
export interface EdgeFigures {
  /** Service that called; the same as `to` for work of a process's own. */
  readonly from: string;
  readonly to: string;
  /** Name of the span on the called side. */
  readonly name: string;
  readonly count: number;
  readonly errors: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Mean time between the caller's sending and the called side's taking it, and back. */
  readonly betweenMs?: number;
  /** Mean time that rules added. */
  readonly injectedMs: number;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  errors: number;
  betweenMs: number;
  calls: number;
  injectedMs: number;
  readonly durations: DurationHistogram;
}

/** Edges told apart at most; senders may invent names without end. */
const MAX_EDGES = 2000;

/** What all traces together say of who called whom how often and for how long. */
export class EdgeStatistics {
  private readonly edges = new Map<string, Edge>();
  /** Spans not counted because there were too many kinds of them. */
  beyond = 0;

  add(node: TraceNode, injectedMs: number): void {
    const { span, parent } = node;
    if (span.service === LOAD_SERVICE) return;
    const edge = this.edge(parent?.span.service ?? span.service, span.service, span.name);
    if (edge === undefined) return;
    edge.durations.add(node.endMs - node.startMs);
    edge.injectedMs += injectedMs;
    if (span.error !== undefined) edge.errors += 1;
    if (parent === undefined || !isRemoteCall(parent.span, span)) return;
    edge.calls += 1;
    edge.betweenMs += parent.endMs - parent.startMs - (node.endMs - node.startMs);
  }

  /** Edges, the one that took most time first. */
  figures(): EdgeFigures[] {
    const sorted = [...this.edges.values()].sort((left, right) => right.durations.sumMs - left.durations.sumMs);
    return sorted.map(({ from, to, name, errors, betweenMs, calls, injectedMs, durations }) => ({
      from,
      to,
      name,
      count: durations.count,
      errors,
      meanMs: durations.sumMs / durations.count,
      p50Ms: durations.percentile(50),
      p95Ms: durations.percentile(95),
      maxMs: durations.maxMs,
      ...(calls > 0 ? { betweenMs: betweenMs / calls } : {}),
      injectedMs: injectedMs / durations.count,
    }));
  }

  private edge(from: string, to: string, name: string): Edge | undefined {
    const key = `${from}\n${to}\n${name}`;
    const known = this.edges.get(key);
    if (known !== undefined) return known;
    if (this.edges.size >= MAX_EDGES) {
      this.beyond += 1;
      return undefined;
    }
    const edge = {
      from,
      to,
      name,
      errors: 0,
      betweenMs: 0,
      calls: 0,
      injectedMs: 0,
      durations: new DurationHistogram(),
    };
    this.edges.set(key, edge);
    return edge;
  }
}
