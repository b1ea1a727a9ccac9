import { isExternal, isHrlink, partKey, WAITS, type PartKey } from './part.js';
import { injectedMsOf, isDatabaseCall, LOAD_SERVICE } from './trace-span.js';
import { isRemoteCall, type TraceNode, type TraceTree } from './trace-tree.js';

/** A stretch of the critical path. */
export interface PathStretch {
  readonly node: TraceNode;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface CriticalPath {
  /** Milliseconds by part; they add up to the operation's duration. */
  readonly parts: Record<PartKey, number>;
  /** In the order of time, without gaps. */
  readonly stretches: readonly PathStretch[];
}

/** Work that outlives its starter by more than this was not waited for. */
const ASIDE_MS = 1;

/**
 * The critical path of an operation: for every moment the one span that was being waited for. It is walked backwards from the end: the child
 * that ended last held its parent up, and so on down. Work that went on after its starter had answered (callbacks, results to be polled,
 * messages) belongs to the nearest ancestor that outlived it; at the top it fills the generator's waits.
 */
export function criticalPath(tree: TraceTree): CriticalPath {
  const walk = new Walk(tree);
  walk.down(tree.root, tree.root.startMs, tree.root.endMs);
  const stretches = walk.stretches.reverse();
  return { parts: partsOf(stretches, walk), stretches };
}

class Walk {
  readonly stretches: PathStretch[] = [];
  /** Children to be waited for, latest end first. */
  private readonly awaited = new Map<TraceNode, TraceNode[]>();
  /** Work of other processes that nobody but the operation as a whole outlived. */
  private readonly aside: TraceNode[] = [];
  /** Whether the walk is in such work: a wait within it is filled with nothing. */
  private isAside = false;

  constructor(tree: TraceTree) {
    for (const node of tree.nodes) this.place(node, tree.root);
    for (const children of this.awaited.values()) children.sort(byEnd);
    this.aside.sort(byEnd);
  }

  /** Attributes the stretch `fromMs`..`toMs` of a span to it and to what it waited for. */
  down(node: TraceNode, fromMs: number, toMs: number): void {
    let cursor = toMs;
    const isFilled = isIdle(node) && !this.isAside;
    if (isFilled) this.isAside = true;
    for (const child of isFilled ? this.aside : (this.awaited.get(node) ?? [])) {
      if (cursor <= fromMs) break;
      const until = Math.min(child.endMs, cursor);
      const since = Math.max(child.startMs, fromMs);
      if (until <= since) continue;
      this.add(node, until, cursor);
      this.down(child, since, until);
      cursor = since;
    }
    this.add(node, fromMs, cursor);
    if (isFilled) this.isAside = false;
  }

  /** Whether the process a call went to shows what it did in spans of its own. */
  isAnswered(node: TraceNode): boolean {
    return node.children.some((child) => isRemoteCall(node.span, child.span));
  }

  private add(node: TraceNode, fromMs: number, toMs: number): void {
    if (toMs > fromMs) this.stretches.push({ node, fromMs, toMs });
  }

  private place(node: TraceNode, root: TraceNode): void {
    if (node.parent === undefined) return;
    const owner = ownerOf(node);
    if (owner === root && node.span.service !== LOAD_SERVICE) {
      this.aside.push(node);
      return;
    }
    const children = this.awaited.get(owner);
    if (children === undefined) this.awaited.set(owner, [node]);
    else children.push(node);
  }
}

/** The span that waited for this one: its parent, or the nearest ancestor that outlived it. */
function ownerOf(node: TraceNode): TraceNode {
  let owner = node.parent!;
  if (isRemoteCall(owner.span, node.span)) return owner;
  while (owner.parent !== undefined && owner.endMs + ASIDE_MS < node.endMs) owner = owner.parent;
  return owner;
}

function isIdle({ span }: TraceNode): boolean {
  return span.service === LOAD_SERVICE && (span.name === WAITS.otp || span.name === WAITS.poll);
}

function byEnd(left: TraceNode, right: TraceNode): number {
  return right.endMs - left.endMs;
}

function partsOf(stretches: readonly PathStretch[], walk: Walk): Record<PartKey, number> {
  const parts: Record<PartKey, number> = {};
  const add = (key: PartKey, ms: number) => void (parts[key] = (parts[key] ?? 0) + ms);
  const injected = new Map<TraceNode, number>();
  for (const { node, fromMs, toMs } of stretches) {
    let ms = toMs - fromMs;
    const { span } = node;
    if (span.kind === 'server' && isExternal(span.service)) {
      const left = injected.get(node) ?? injectedMsOf(span);
      const share = Math.min(left, ms);
      injected.set(node, left - share);
      if (share > 0) add(partKey('injected', span.service), share);
      ms -= share;
    }
    if (ms > 0) add(keyOf(node, walk), ms);
  }
  return parts;
}

/** The part a span's own time belongs to. */
function keyOf(node: TraceNode, walk: Walk): PartKey {
  const { service, kind, name } = node.span;
  if (service === LOAD_SERVICE) return loadKeyOf(node, walk);
  if (isExternal(service)) return partKey('external', service);
  if (isDatabaseCall(node.span)) return 'database';
  // Between a call's leaving and its arrival there are queues and the network, if the other side shows when it arrived.
  if (kind === 'client' && isHrlink(service))
    return walk.isAnswered(node) ? 'wait' : partKey('external', name.split('.')[0]);
  return 'hrlink';
}

function loadKeyOf(node: TraceNode, walk: Walk): PartKey {
  const { kind, name } = node.span;
  if (name === WAITS.otp) return 'otp';
  if (name === WAITS.poll) return 'wait';
  if (kind !== 'client') return 'client';
  return walk.isAnswered(node) ? 'wait' : 'hrlink';
}
