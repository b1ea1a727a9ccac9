import { LOAD_SERVICE, type TraceSpan } from './trace-span.js';

/** A span in its place. */
export interface TraceNode {
  readonly span: TraceSpan;
  readonly parent?: TraceNode;
  readonly children: TraceNode[];
  /** Times after clocks have been brought together. */
  startMs: number;
  endMs: number;
}

/** One operation's spans as a tree under its root. */
export interface TraceTree {
  readonly root: TraceNode;
  /** All nodes that hang together with the root, parents before children. */
  readonly nodes: readonly TraceNode[];
  /** Spans whose parent never arrived. */
  readonly orphans: readonly TraceSpan[];
  /** Largest correction of a clock, milliseconds. */
  readonly skewMs: number;
}

/** A server that seems to work outside its caller's call by less than this is not corrected: that is rounding. */
const ROUNDING_MS = 2;

/** Builds the tree of one operation; parents that are missing or form a ring leave orphans. */
export function treeOf(root: TraceSpan, spans: readonly TraceSpan[]): TraceTree {
  const byParent = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    if (span === root || span.parentId === undefined) continue;
    const siblings = byParent.get(span.parentId);
    if (siblings === undefined) byParent.set(span.parentId, [span]);
    else siblings.push(span);
  }
  const top: TraceNode = { span: root, children: [], startMs: root.startMs, endMs: root.endMs };
  const nodes = [top];
  const placed = new Set([root.spanId]);
  // Grows while it is walked: children follow their parents.
  for (const node of nodes) {
    for (const span of byParent.get(node.span.spanId) ?? []) {
      if (placed.has(span.spanId)) continue;
      placed.add(span.spanId);
      const child: TraceNode = { span, parent: node, children: [], startMs: span.startMs, endMs: span.endMs };
      node.children.push(child);
      nodes.push(child);
    }
  }
  const orphans = spans.filter(({ spanId }) => !placed.has(spanId));
  return { root: top, nodes, orphans, skewMs: alignClocks(nodes) };
}

/** Whether one process called another here, and waited for the answer. */
export function isRemoteCall(parent: TraceSpan, child: TraceSpan): boolean {
  const isPair = parent.kind === 'client' && child.kind === 'server';
  return isPair && parent.service !== child.service && !isStitched(child);
}

/** Whether a span was matched by its subject, not by ids. */
export function isStitched({ attributes }: TraceSpan): boolean {
  return attributes['poligon.stitched'] !== undefined;
}

/**
 * Moves the spans of a process whose clock differs: a server cannot have worked outside its caller's call, so it is centred in it, and what
 * hangs under it moves along. Returns the largest move.
 */
function alignClocks(nodes: readonly TraceNode[]): number {
  const shifts = new Map<TraceNode, number>();
  let largest = 0;
  for (const node of nodes) {
    const { parent } = node;
    if (parent === undefined) continue;
    const isSameProcess = parent.span.service === node.span.service;
    let shift = isSameProcess || node.span.service !== LOAD_SERVICE ? (shifts.get(parent) ?? 0) : 0;
    if (isRemoteCall(parent.span, node.span)) shift = skewOf(parent, node);
    shifts.set(node, shift);
    node.startMs += shift;
    node.endMs += shift;
    largest = Math.max(largest, Math.abs(shift));
  }
  return largest;
}

function skewOf(caller: TraceNode, { span }: TraceNode): number {
  const [early, late] = [caller.startMs - span.startMs, span.endMs - caller.endMs];
  const slack = caller.endMs - caller.startMs - (span.endMs - span.startMs);
  if (slack < 0 || (early <= ROUNDING_MS && late <= ROUNDING_MS)) return 0;
  return caller.startMs + slack / 2 - span.startMs;
}
