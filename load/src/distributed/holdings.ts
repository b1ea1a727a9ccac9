import type { ShardWindow } from './messages.js';

interface Held {
  from: number;
  /** From here on the shard is somebody else's. */
  until: number;
}

/** What follows from a new state of the windows. */
export interface HoldingsChange {
  /** Shards newly held, with the moment from which. */
  taken: { shard: number; from: number }[];
  /** Windows that have ended, with the moment from which nothing of the shard is sent. */
  released: { shard: number; from: number; at: number }[];
}

/** The shards of one worker, as stretches of time. A window that has ended stays known: it must never open again. */
export class Holdings {
  private readonly held = new Map<number, Held[]>();
  /** Windows heard of so far. */
  count = 0;

  holds(shard: number, plannedAt: number): boolean {
    return this.held.get(shard)?.some(({ from, until }) => plannedAt >= from && plannedAt < until) ?? false;
  }

  /** Whether nothing planned from `front` on is held. */
  isOver(front: number): boolean {
    return [...this.held.values()].flat().every(({ until }) => until <= front);
  }

  /** Takes over the coordinator's view; `front` is where sending has got to, nothing before it can be given back. */
  update(windows: readonly ShardWindow[], front: number): HoldingsChange {
    const change: HoldingsChange = { taken: [], released: [] };
    for (const { shard, from, until } of windows) {
      const known = this.held.get(shard)?.find((each) => each.from === from);
      const held = known ?? { from, until: Infinity };
      if (until !== null && held.until === Infinity) {
        held.until = Math.max(until, front, from);
        change.released.push({ shard, from, at: held.until });
      }
      if (known) continue;
      this.held.set(shard, [...(this.held.get(shard) ?? []), held]);
      this.count += 1;
      if (from < held.until) change.taken.push({ shard, from });
    }
    return change;
  }
}
