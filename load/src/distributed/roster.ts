import type { Clock } from '../engine/clock.js';
import type { CoordinatorChannel } from './channel.js';
import type { ClockReading, Hello, News, Report } from './messages.js';
import type { SetupParcel } from './setup-parcel.js';

/** A worker as the coordinator knows it, from its readiness to its end. */
export interface Member {
  session: string;
  worker: string;
  cpus: number;
  node: string;
  joinedAt: number;
  reportedAt: number;
  /** Number of the last report. */
  number: number;
  clock: ClockReading;
  last?: Report;
  /** It has asked to go: it ends what it has and gets nothing new. */
  isLeaving?: boolean;
  /** Why HRLink no longer takes its credentials. */
  refusal?: string;
}

/** What happens to the workers of a run. */
export interface RosterListener {
  joined(member: Member): void;
  reported(member: Member, report: Report): void;
  /** The worker wants to go; it does so when it has nothing left to do. */
  leaving(member: Member): void;
  /** The worker is gone; what it says later is not heard. */
  lost(member: Member, reason: string): void;
  refused(worker: string, reason: string): void;
}

/** Knows who takes part: gives newcomers the setup and the time, hears every report once and in order. */
export class Roster {
  private readonly known = new Map<string, Hello>();
  private readonly current = new Map<string, Member>();

  constructor(
    private readonly run: string,
    private readonly channel: CoordinatorChannel,
    private readonly clock: Clock,
    private readonly parcel: SetupParcel,
    private readonly listener: RosterListener,
  ) {
    channel.onNews((news) => this.hear(news));
  }

  get members(): Member[] {
    return [...this.current.values()];
  }

  /** Counts those as lost that have been silent for too long. */
  checkLiveness(lostAfterMs: number): void {
    const now = this.clock.now();
    for (const member of this.members) {
      if (now - member.reportedAt > lostAfterMs)
        this.lose(member, `silent for ${Math.round(now - member.reportedAt)} ms`);
    }
  }

  lose(member: Member, reason: string): void {
    if (this.current.delete(member.session)) this.listener.lost(member, reason);
  }

  /** Silence counts from now on: before the load nobody has anything to report. */
  startClock(): void {
    for (const member of this.members) member.reportedAt = this.clock.now();
  }

  private hear(news: News): void {
    if (news.kind === 'ping') return this.answer(news);
    if (news.kind === 'hello') return this.welcome(news);
    if (news.run !== this.run) return;
    if (news.kind === 'ready') return this.admit(news);
    if (news.kind === 'refuse') {
      this.listener.refused(this.known.get(news.session)?.worker ?? news.session, news.reason);
      return;
    }
    const member = this.current.get(news.session);
    if (member) this.hearMember(member, news);
  }

  private hearMember(member: Member, news: Extract<News, { kind: 'bye' | 'leave' | 'report' }>): void {
    if (news.kind === 'bye') this.part(member, news.reason);
    else if (news.kind === 'leave') this.retire(member);
    else this.take(member, news);
  }

  private part(member: Member, reason: string | undefined): void {
    if (reason !== undefined) member.refusal = reason;
    this.lose(member, reason ?? 'left');
  }

  private retire(member: Member): void {
    if (member.isLeaving) return;
    member.isLeaving = true;
    this.listener.leaving(member);
  }

  private answer({ session, sentAt }: Extract<News, { kind: 'ping' }>): void {
    const now = this.clock.now();
    this.post({ kind: 'pong', to: session, sentAt, receivedAt: now, answeredAt: now });
  }

  private welcome(hello: Hello): void {
    if (this.known.has(hello.session)) return;
    this.known.set(hello.session, hello);
    for (const part of this.parcel.partsFor(this.run, hello.session)) this.post(part);
  }

  private admit({ session, clock }: Extract<News, { kind: 'ready' }>): void {
    const hello = this.known.get(session);
    if (!hello || this.current.has(session)) return;
    const { worker, cpus, node } = hello;
    const now = this.clock.now();
    const member: Member = { session, worker, cpus, node, clock, joinedAt: now, reportedAt: now, number: 0 };
    this.current.set(session, member);
    this.listener.joined(member);
  }

  private take(member: Member, report: Report): void {
    if (report.number <= member.number) return;
    if (report.number > member.number + 1) return this.lose(member, `report ${member.number + 1} is missing`);
    member.number = report.number;
    member.reportedAt = this.clock.now();
    member.clock = report.clock;
    this.listener.reported(member, report);
    member.last = { ...report, samples: [], cells: [] };
  }

  /** What a broker does not take now is said again by the next state, or asked for again. */
  private post(order: Parameters<CoordinatorChannel['send']>[0]): void {
    this.channel.send(order).catch(() => {
      if (order.kind === 'setup') this.known.delete(order.to);
    });
  }
}
