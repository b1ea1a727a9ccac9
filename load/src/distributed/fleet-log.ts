import type { ClockReading } from './messages.js';
import type { Member } from './roster.js';

/** One worker in workers.json. Times are epoch milliseconds of the coordinator's clock. */
export interface WorkerRecord {
  worker: string;
  session: string;
  cpus: number;
  node: string;
  joinedAt: number;
  lostAt?: number;
  /** Why it was lost. */
  reason?: string;
  /** Difference of its clock that was corrected, and the bound of the error that is left. */
  clock: ClockReading;
  launched: number;
  dropped: number;
  /** Operations of this worker that were written off when it was lost. */
  writtenOff: number;
  /** Shards it held last. */
  shards: number[];
}

/** Something that happened to the workers. */
export interface FleetEvent {
  at: number;
  kind: 'joined' | 'leaving' | 'lost' | 'refused' | 'rebalanced' | 'no-worker';
  worker?: string;
  reason?: string;
  shards?: number[];
  writtenOff?: number;
}

/** workers.json: who sent the load and what became of them. */
export interface FleetRecord {
  shards: number;
  workers: WorkerRecord[];
  events: FleetEvent[];
}

const MAX_EVENTS = 1000;

/** Keeps workers.json up to date. */
export class FleetLog {
  readonly record: FleetRecord;

  constructor(shards: number) {
    this.record = { shards, workers: [], events: [] };
  }

  joined(member: Member): void {
    const { worker, session, cpus, node, joinedAt, clock } = member;
    const counts = { launched: 0, dropped: 0, writtenOff: 0, shards: [] };
    this.record.workers.push({ worker, session, cpus, node, joinedAt, clock, ...counts });
    this.event({ at: joinedAt, kind: 'joined', worker });
  }

  update(member: Member, shards: number[]): void {
    const known = this.of(member);
    if (!known) return;
    known.clock = member.clock;
    known.shards = shards;
    known.launched = member.last?.launched ?? 0;
    known.dropped = member.last?.dropped ?? 0;
  }

  lost(member: Member, end: { at: number; reason: string; shards: number[]; writtenOff: number }): void {
    const { at, reason, shards, writtenOff } = end;
    this.update(member, shards);
    Object.assign(this.of(member) ?? {}, { lostAt: at, reason, writtenOff });
    this.event({ at, kind: 'lost', worker: member.worker, reason, shards, writtenOff });
  }

  event(event: FleetEvent): void {
    if (this.record.events.length < MAX_EVENTS) this.record.events.push(event);
  }

  private of({ session }: Member): WorkerRecord | undefined {
    return this.record.workers.find((each) => each.session === session);
  }
}
