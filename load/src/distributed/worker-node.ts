import { gunzipSync } from 'node:zlib';
import type { StopTicking } from '../engine/clock.js';
import type { HealthProbe } from '../engine/generator-health.js';
import type { WorkerChannel } from './channel.js';
import { ClockOffset } from './clock-offset.js';
import type { SteeredClock } from './clock-offset.js';
import type { Hello, Order, State } from './messages.js';
import { Outbox } from './outbox.js';
import type { OpenWork, WorkerSetup } from './work.js';
import { WorkerSession } from './worker-session.js';

const HELLO_MS = 1000;
const PINGS_BEFORE_START = 5;
const PING_MS = 10_000;
/** A run nobody speaks of any more is left; before it begins its other workers may take their time. */
const SILENCE_BEFORE_MS = 300_000;
/** Kubernetes allows 30 s from SIGTERM to SIGKILL; what is in progress after this time is written off. */
const RETIRE_MS = 25_000;
const LOOK_MS = 100;
/** Credentials that were refused are not tried again and again. */
const REFUSED_REST_MS = 10_000;

/** What a worker tells about itself while it works. */
export type WorkerEvent =
  | { kind: 'joined'; run: string; offsetMs: number; errorMs: number }
  | { kind: 'refused'; run: string; reason: string }
  | { kind: 'dismissed' | 'finished'; run: string };

export interface WorkerNodeOptions {
  channel: WorkerChannel;
  clock: SteeredClock;
  identity: Pick<Hello, 'worker' | 'cpus' | 'node'>;
  /** A fresh name for every membership: late words of an earlier one must be recognised. */
  newSession: () => string;
  /** Gets ready for the operations of a run. Rejects with one line when it cannot. */
  openWork: (setup: WorkerSetup, clock: SteeredClock) => Promise<OpenWork>;
  probe: () => HealthProbe;
  onEvent: (event: WorkerEvent) => void;
}

/** A run this worker has been given the setup of. */
interface Joined {
  run: string;
  setup: WorkerSetup;
  work: OpenWork;
  session?: WorkerSession;
  heardAt: number;
  /** Number of the last state. */
  number: number;
}

/** A worker between and during runs: offers itself, gets a run's setup, takes part, offers itself again. */
export class WorkerNode {
  private id: string;
  private readonly outbox: Outbox;
  private readonly stops: StopTicking[] = [];
  private offset = new ClockOffset();
  private parts: (string | undefined)[] = [];
  private joined: Joined | undefined;
  private isOpening = false;
  private isRetiring = false;
  private restsUntil = 0;

  constructor(private readonly options: WorkerNodeOptions) {
    this.id = options.newSession();
    this.outbox = new Outbox(options.channel, options.clock);
  }

  start(): void {
    const { channel, clock } = this.options;
    channel.onOrder((order) => this.hear(order));
    this.stops.push(
      clock.every(HELLO_MS, () => this.offer()),
      clock.every(PING_MS, () => this.ping()),
    );
    this.offer();
  }

  /**
   * Ends without loss: its shards go to the others, what is in progress comes to its end and is reported; then it leaves.
   * What has not ended after 25 s is written off.
   */
  async retire(): Promise<void> {
    const { joined } = this;
    this.isRetiring = true;
    if (joined?.session) {
      this.outbox.add({ kind: 'leave', run: joined.run, session: this.id });
      await this.idleness(joined);
      if (this.joined === joined) await joined.session.conclude();
    }
    await this.stop();
  }

  /** Leaves the run, if there is one, and ends. */
  async stop(): Promise<void> {
    this.isRetiring = true;
    for (const stop of this.stops) stop();
    const { joined } = this;
    this.joined = undefined;
    if (joined) this.outbox.add({ kind: 'bye', run: joined.run, session: this.id });
    await this.outbox.flush();
    this.outbox.close();
    await (joined?.session?.close() ?? joined?.work.close());
  }

  /** Resolves when a session has nothing left to do, when its run is over, or when patience is. */
  private async idleness(joined: Joined): Promise<void> {
    const { clock } = this.options;
    const deadline = clock.now() + RETIRE_MS;
    const isDone = () => this.joined !== joined || joined.session?.isIdle === true || clock.now() > deadline;
    await new Promise<void>((resolve) => {
      const stop = clock.every(LOOK_MS, () => {
        if (!isDone()) return;
        stop();
        resolve();
      });
    });
  }

  private offer(): void {
    this.leaveSilentRun();
    if (this.joined || this.isOpening || this.isRetiring || this.options.clock.now() < this.restsUntil) return;
    const { worker, cpus, node } = this.options.identity;
    if (this.offset.count < PINGS_BEFORE_START) this.ping();
    this.outbox.add({ kind: 'hello', session: this.id, worker, cpus, node });
  }

  private ping(): void {
    this.outbox.add({ kind: 'ping', session: this.id, sentAt: this.options.clock.unsteered.now() });
  }

  private hear(order: Order): void {
    if (order.kind === 'pong') this.measure(order);
    else if (order.kind === 'setup') void this.assemble(order);
    else this.follow(order);
  }

  private measure({ to, sentAt, receivedAt, answeredAt }: Extract<Order, { kind: 'pong' }>): void {
    if (to !== this.id) return;
    const { clock } = this.options;
    this.offset.add({ sentAt, receivedAt, answeredAt, heardAt: clock.unsteered.now() });
    if (this.joined?.session) clock.steer(this.offset.best.offsetMs);
    else clock.set(this.offset.best.offsetMs);
    if (this.offset.count < PINGS_BEFORE_START) this.ping();
  }

  private async assemble({ to, run, part, parts, data }: Extract<Order, { kind: 'setup' }>): Promise<void> {
    if (to !== this.id || this.joined || this.isOpening) return;
    this.parts.length = parts;
    this.parts[part] = data;
    const all = Array.from({ length: parts }, (_, index) => this.parts[index]);
    if (all.includes(undefined)) return;
    this.parts = [];
    this.isOpening = true;
    const { clock, openWork, onEvent } = this.options;
    const session = this.id;
    try {
      const setup = JSON.parse(gunzipSync(Buffer.from(all.join(''), 'base64')).toString('utf8')) as WorkerSetup;
      const work = await openWork(setup, clock);
      if (this.isRetiring) return void (await work.close());
      this.joined = { run, setup, work, heardAt: clock.now(), number: 0 };
      this.outbox.add({ kind: 'ready', run, session, clock: this.offset.best });
      onEvent({ kind: 'joined', run, ...this.offset.best });
      const { joined } = this;
      work.onRefused?.((reason) => this.resign(joined, reason));
    } catch (error) {
      const reason = (error as Error).message.split('\n')[0] as string;
      this.outbox.add({ kind: 'refuse', run, session, reason: reason.slice(0, 500) });
      onEvent({ kind: 'refused', run, reason });
      this.id = this.options.newSession();
      this.restsUntil = clock.now() + REFUSED_REST_MS;
    } finally {
      this.isOpening = false;
    }
  }

  private follow(state: State): void {
    const { joined } = this;
    if (!joined || joined.run !== state.run || state.number <= joined.number) return;
    joined.number = state.number;
    joined.heardAt = this.options.clock.now();
    if (state.isOver) return this.leave('finished');
    const isMember = state.members.some((member) => member.session === this.id);
    if (joined.session && !isMember) return this.leave('dismissed');
    if (!isMember) return;
    if (joined.session) return joined.session.update(state);
    const { clock, probe } = this.options;
    joined.session = new WorkerSession(
      {
        ...{ session: this.id, run: joined.run, setup: joined.setup, work: joined.work, clock, probe },
        clockReading: () => this.offset.best,
        send: (report) => this.outbox.add(report),
      },
      state,
    );
  }

  private leaveSilentRun(): void {
    const { joined } = this;
    if (!joined) return;
    const patienceMs = joined.session ? 2 * joined.setup.timing.lostAfterMs : SILENCE_BEFORE_MS;
    if (this.options.clock.now() - joined.heardAt > patienceMs) this.leave('dismissed');
  }

  /** The system no longer takes the worker's credentials: whatever it sent would be blamed on the system. */
  private resign(joined: Joined, reason: string): void {
    if (this.joined !== joined) return;
    const { clock, newSession, onEvent } = this.options;
    joined.session?.report();
    this.outbox.add({ kind: 'bye', run: joined.run, session: this.id, reason: reason.slice(0, 500) });
    this.joined = undefined;
    this.id = newSession();
    this.offset = new ClockOffset();
    this.restsUntil = clock.now() + REFUSED_REST_MS;
    onEvent({ kind: 'refused', run: joined.run, reason });
    void (joined.session?.close() ?? joined.work.close());
  }

  private leave(kind: 'dismissed' | 'finished'): void {
    const { joined } = this;
    if (!joined) return;
    this.joined = undefined;
    this.id = this.options.newSession();
    this.outbox.forget();
    this.offset = new ClockOffset();
    this.options.onEvent({ kind, run: joined.run });
    void (joined.session?.close() ?? joined.work.close());
  }
}
