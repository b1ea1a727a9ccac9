import type { Clock } from '../engine/clock.js';
import type { Crew } from '../engine/crew.js';
import type { HealthProbe } from '../engine/generator-health.js';
import type { HoldReading } from '../engine/hold-reading.js';
import type { HoldShare } from '../engine/hold-meter.js';
import type { Recorder } from '../engine/recorder.js';
import type { Sample, SampleSink } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';
import { judgedMs, totalMs } from '../engine/timeline.js';
import type { Fleet } from './fleet.js';
import { joinShares, probeOf } from './hold-shares.js';
import { Ledger } from './ledger.js';
import type { CallDelta } from '../hrlink/call-meter.js';
import type { Report } from './messages.js';
import { phasesOnTheWay } from './messages.js';
import type { Member } from './roster.js';
import { NOBODY, ShardTable } from './shard-table.js';
import type { TableWindow } from './shard-table.js';
import { Waiting } from './waiting.js';

/** Time a worker has for giving a shard back before the moment it changes hands. */
const HANDOVER_MS = 1000;

export interface RemoteCrewOptions {
  fleet: Fleet;
  clock: Clock;
  recorder: Recorder;
  sink: SampleSink;
  /** Epoch milliseconds at which the load started, before an interruption too. */
  startAt: number;
  maxInFlight: number;
  onCalls: (calls: readonly CallDelta[]) => void;
  onSigned: (documentIds: readonly string[]) => void;
}

/** Workers elsewhere as the crew: hands out shards of the plan, adds up what comes back, writes off what was lost. */
export class RemoteCrew implements Crew {
  readonly recorder: Recorder;
  private readonly phases: Phase[] = [];
  private readonly table: ShardTable;
  private readonly ledger: Ledger;
  /** By step and session. */
  private readonly shares = new Map<number, Map<string, HoldShare>>();
  /** Sessions that were there when a hold ended, by step. */
  private readonly expected = new Map<number, Set<string>>();
  private readonly waiting: Waiting;
  private readonly loseSteps: number[] = [];
  private loseAll: { number: number; isInterrupted: boolean } | null = null;
  private readonly gone = { launched: 0, dropped: 0 };

  constructor(private readonly options: RemoteCrewOptions) {
    const { fleet, clock, recorder, startAt } = options;
    const { seed, rates, signers } = fleet.setup;
    this.recorder = recorder;
    this.waiting = new Waiting(clock);
    this.table = new ShardTable(fleet.shards, Math.max(startAt, clock.now()));
    this.ledger = new Ledger({ seed, rates, startAt, signers, shards: fleet.shards });
    const listener = {
      joined: () => this.spread(),
      reported: (member: Member, report: Report) => this.take(member, report),
      leaving: (member: Member) => this.retire(member),
      lost: (member: Member, reason: string) => this.lose(member, reason),
    };
    fleet.begin(listener, () => this.beat());
  }

  get launched(): number {
    return this.gone.launched + this.sum((report) => report.launched);
  }

  get dropped(): number {
    return this.gone.dropped + this.sum((report) => report.dropped);
  }

  get inFlight(): number {
    return this.sum((report) => report.inFlight);
  }

  async send(phases: readonly Phase[], at: number, signal: AbortSignal): Promise<void> {
    const { clock, startAt } = this.options;
    for (const phase of phases.slice(this.phases.length, at + 1)) this.phases.push({ ...phase });
    const phase = this.phases[at] as Phase;
    const phaseAt = startAt + phase.startMs;
    this.state();
    await clock.sleep(phaseAt + phase.durationMs - clock.now(), signal);
    if (!signal.aborted) return;
    phase.cutMs = Math.min(Math.max(clock.now() - phaseAt, 0), phase.durationMs);
    this.state();
  }

  async measure(phase: Phase, signal: AbortSignal): Promise<HoldReading | undefined> {
    const { clock, startAt, fleet } = this.options;
    const startedAt = startAt + phase.startMs;
    await clock.sleep(startedAt + phase.durationMs - clock.now(), signal);
    if (signal.aborted) return undefined;
    this.expected.set(phase.step, new Set(fleet.roster.members.map(({ session }) => session)));
    const { step, toPercent: levelPercent } = phase;
    const reading = { step, levelPercent, startedAt, finishedAt: clock.now(), judgedMs: judgedMs(phase) };
    const nothing = { meanInFlight: 0, inFlightAtStart: 0, inFlightAtEnd: 0, ended: 0 };
    return { ...reading, ...nothing, ...this.probe().read() };
  }

  async conclude(reading: HoldReading, drainMs: number, signal: AbortSignal): Promise<HoldReading> {
    const { step } = reading;
    const endMs = totalMs(this.phases.filter((phase) => phase.step === step));
    const hasShare = (session: string) => this.shares.get(step)?.has(session) ?? false;
    const isDone = () => this.isSettled(endMs) && [...(this.expected.get(step) ?? [])].every(hasShare);
    await this.waiting.until(isDone, drainMs, signal);
    if (!isDone() && !signal.aborted) {
      this.loseSteps.push(step);
      this.state();
      await this.waiting.until(isDone, this.patienceMs, signal);
    }
    const shares = [...(this.shares.get(step)?.values() ?? [])];
    this.shares.delete(step);
    return joinShares(reading, shares);
  }

  async drain(drainMs: number, signal: AbortSignal): Promise<void> {
    const isDone = () => this.isSettled(totalMs(this.phases)) && this.inFlight === 0;
    await this.waiting.until(isDone, signal.aborted ? 0 : drainMs, signal);
    if (isDone()) return;
    this.loseAll = { number: (this.loseAll?.number ?? 0) + 1, isInterrupted: signal.aborted };
    this.state();
    await this.waiting.until(isDone, this.patienceMs, new AbortController().signal);
    for (const member of this.options.fleet.roster.members) {
      if (!isDone()) this.options.fleet.roster.lose(member, 'not done in time');
    }
  }

  probe(): HealthProbe {
    const { roster } = this.options.fleet;
    return probeOf(() => roster.members.flatMap(({ last }) => (last ? [last.health] : [])));
  }

  private get patienceMs(): number {
    return this.options.fleet.setup.timing.lostAfterMs + 2 * this.options.fleet.setup.timing.reportMs;
  }

  /** Now and then: writes off what nobody could send, tells everybody how things stand. */
  private beat(): void {
    const { fleet, clock } = this.options;
    if (fleet.roster.members.length === 0) this.writeOff(this.table.writeOff(clock.now()));
    this.state();
    this.waiting.check();
  }

  private state(): void {
    const { fleet, startAt, maxInFlight } = this.options;
    const members = fleet.roster.members.map(({ session, isLeaving }) => {
      const windows = this.table.of(session).map(({ shard, from, until }) => ({ shard, from, until }));
      const share = (isLeaving ? windows.length : this.table.held(session).length) / this.table.shards;
      return { session, windows, maxInFlight: Math.max(1, Math.ceil(maxInFlight * share)) };
    });
    const { loseSteps, loseAll } = this;
    fleet.send({ startAt, phases: phasesOnTheWay(this.phases), members, loseSteps, loseAll, isOver: false });
  }

  private spread(): void {
    const { clock, fleet } = this.options;
    const now = clock.now();
    this.writeOff(this.table.balance(this.sessions, now, now + HANDOVER_MS));
    fleet.log.event({ at: now, kind: 'rebalanced' });
    this.state();
  }

  /** Hands the shards of one that wants to go to the others; until then it goes on. */
  private retire(member: Member): void {
    const { clock } = this.options;
    this.table.retire(member.session, this.sessions, clock.now() + HANDOVER_MS);
    this.state();
  }

  private take(member: Member, report: Report): void {
    const { sink, onCalls, onSigned, fleet } = this.options;
    for (const cell of report.cells) this.recorder.merge(cell);
    for (const sample of report.samples) sink.write({ ...sample, worker: member.worker });
    for (const share of report.holds) this.noteShare(member.session, share);
    for (const given of report.released) this.table.giveBack(member.session, given, this.sessions);
    this.table.settle(member.session, report.windows, report.settledTo);
    const settledTo = Math.min(report.settledTo, ...this.table.of(member.session).map((each) => each.settledTo));
    this.ledger.note(member.session, report.samples, settledTo);
    onCalls(report.calls);
    onSigned(report.signedDocumentIds);
    fleet.log.update(member, this.table.held(member.session));
    if (report.released.length > 0) this.state();
    // The roster keeps the report only after this call.
    queueMicrotask(() => this.waiting.check());
  }

  private lose(member: Member, reason: string): void {
    const { clock, fleet } = this.options;
    const at = clock.now();
    const shards = this.table.held(member.session);
    const windows = this.table.lose(member.session, this.sessions, at);
    const writtenOff = this.writeOff(windows, member);
    this.gone.launched += member.last?.launched ?? 0;
    this.gone.dropped += member.last?.dropped ?? 0;
    for (const sessions of this.expected.values()) sessions.delete(member.session);
    fleet.log.lost(member, { at, reason, shards, writtenOff });
    if (this.sessions.length === 0) fleet.log.event({ at, kind: 'no-worker' });
    fleet.changed();
    this.state();
    this.waiting.check();
  }

  private writeOff(windows: readonly TableWindow[], member?: Member): number {
    const cause = member ? `worker ${member.worker} lost` : 'no worker';
    let count = 0;
    for (const sample of this.ledger.missing(member?.session ?? NOBODY, windows, this.phases, cause)) {
      this.emit(member ? { ...sample, worker: member.worker } : sample);
      count += 1;
    }
    return count;
  }

  private emit(sample: Sample): void {
    this.recorder.record(sample);
    this.options.sink.write(sample);
  }

  private isSettled(atMs: number): boolean {
    return this.table.isSettled(this.options.startAt + atMs);
  }

  private noteShare(session: string, share: HoldShare): void {
    const known = this.shares.get(share.step) ?? new Map<string, HoldShare>();
    this.shares.set(share.step, known.set(session, share));
  }

  /** Those that may be given something to do. */
  private get sessions(): string[] {
    return this.options.fleet.roster.members.filter(({ isLeaving }) => !isLeaving).map(({ session }) => session);
  }

  private sum(of: (report: Report) => number): number {
    return this.options.fleet.roster.members.reduce((total, { last }) => total + (last ? of(last) : 0), 0);
  }
}
