import { hash32 } from '../src/engine/random.js';
import { FixedCourse } from '../src/engine/course.js';
import type { Crew } from '../src/engine/crew.js';
import { LoadEngine } from '../src/engine/load-engine.js';
import { LocalCrew } from '../src/engine/local-crew.js';
import type { Execute } from '../src/engine/operation-tracker.js';
import { Recorder } from '../src/engine/recorder.js';
import type { Cell } from '../src/engine/recorder.js';
import type { Sample, SampleSink } from '../src/engine/sample.js';
import type { PlanStep } from '../src/engine/timeline.js';
import { layOut } from '../src/engine/timeline.js';
import type { CoordinatorChannel, WorkerChannel } from '../src/distributed/channel.js';
import { SteeredClock } from '../src/distributed/clock-offset.js';
import { Fleet } from '../src/distributed/fleet.js';
import type { FleetRecord } from '../src/distributed/fleet-log.js';
import { InProcessExchange } from '../src/distributed/in-process-channel.js';
import type { News, Order } from '../src/distributed/messages.js';
import { RemoteCrew } from '../src/distributed/remote-crew.js';
import type { DistributedTiming, WorkerSetup } from '../src/distributed/work.js';
import { WorkerNode } from '../src/distributed/worker-node.js';
import type { WorkerEvent } from '../src/distributed/worker-node.js';
import type { Clock } from '../src/engine/clock.js';
import { FakeClock } from './fake-clock.js';

export const RATES = [
  { operation: 'a', perHour: 72_000 },
  { operation: 'b', perHour: 36_000 },
];
export const SIGNERS = 24;
export const TIMING: DistributedTiming = { beatMs: 100, reportMs: 100, leaseMs: 600, lostAfterMs: 1000 };
export const PLAN: PlanStep[] = [
  { levelPercent: 100, rampMs: 1000, holdMs: 4000, settleMs: 500 },
  { levelPercent: 120, rampMs: 500, holdMs: 4000, settleMs: 500 },
];
const SETUP: WorkerSetup = { seed: 's', rates: RATES, signers: SIGNERS, timing: TIMING, work: {} };
const calm = () => ({ read: () => ({ cpuPercent: 7, eventLoopUtilisation: 0.1, rssMb: 50 }) });

/** A system whose answer takes a time that depends on the operation alone: the same whoever asks. */
export const systemOn =
  (clock: Clock): Execute =>
  async ({ operation, ordinal }, accepted) => {
    accepted();
    await clock.sleep(20 + (hash32(`${operation}|${ordinal}`) % 300));
    return {};
  };

/** A worker's line to the coordinator that can be cut in both directions. */
export class CuttableChannel implements WorkerChannel {
  isCut = false;
  constructor(private readonly inner: WorkerChannel) {}

  send(news: News): Promise<void> {
    return this.isCut ? Promise.reject(new Error('cut')) : this.inner.send(news);
  }

  onOrder(listener: (order: Order) => void): void {
    this.inner.onOrder((order) => {
      if (!this.isCut) listener(order);
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

/** A worker whose clock is off by so much. */
class ShiftedClock implements Clock {
  constructor(
    private readonly inner: Clock,
    private readonly shiftMs: number,
  ) {}

  now(): number {
    return this.inner.now() + this.shiftMs;
  }

  every(periodMs: number, tick: () => void) {
    return this.inner.every(periodMs, tick);
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return this.inner.sleep(delayMs, signal);
  }
}

/** Bucket for bucket: what the cells hold apart from the order they were filled in. */
export const contents = (cells: readonly Cell[]) =>
  Object.fromEntries(
    cells.map((cell) => [
      `${cell.operation}|${cell.step}|${cell.stage}`,
      {
        counts: cell.counts,
        fromPlan: cell.fromPlan.encode(),
        accepted: cell.accepted.encode(),
        residenceMs: Math.round(cell.residenceMs),
      },
    ]),
  );

/** Joins the coordinator with its workers; `settle` resolves when everything said has been heard. */
export interface Exchange {
  coordinator(): CoordinatorChannel;
  worker(): WorkerChannel;
  settle?(): Promise<void>;
}

/** A coordinator and its workers in one process, on a clock that moves when told. */
export class FleetHarness {
  readonly clock = new FakeClock();
  readonly samples: Sample[] = [];
  readonly events: WorkerEvent[] = [];
  record: FleetRecord = { shards: 0, workers: [], events: [] };
  /** Why the run was told that nobody is left. */
  refusal: string | undefined;
  readonly fleet: Fleet;
  private sessions = 0;

  constructor(readonly exchange: Exchange = new InProcessExchange()) {
    this.fleet = new Fleet({
      channel: exchange.coordinator(),
      clock: this.clock,
      run: 'r',
      setup: SETUP,
      onChange: (record) => (this.record = record),
      onRefused: (reason) => (this.refusal = reason),
    });
  }

  readonly sink: SampleSink = { write: (sample) => void this.samples.push(sample) };

  worker(name: string, options: { shiftMs?: number; execute?: Execute; refuse?: string } = {}) {
    const channel = new CuttableChannel(this.exchange.worker());
    const { shiftMs = 0, execute, refuse } = options;
    let refuseWork: (reason: string) => void = () => undefined;
    const node = new WorkerNode({
      channel,
      clock: new SteeredClock(new ShiftedClock(this.clock, shiftMs)),
      identity: { worker: name, cpus: 2, node: 'v24' },
      newSession: () => `${name}-${++this.sessions}`,
      openWork: async (_setup, clock) => {
        if (refuse !== undefined) throw new Error(refuse);
        const nothing = () => [];
        const run = execute ?? systemOn(clock);
        const onRefused = (listener: (reason: string) => void) => (refuseWork = listener);
        return { execute: run, takeCalls: nothing, takeSigned: nothing, onRefused, close: async () => undefined };
      },
      probe: calm,
      onEvent: (event) => void this.events.push(event),
    });
    node.start();
    return { node, channel, refuse: (reason: string) => refuseWork(reason) };
  }

  /** Workers join: 100 ms are plenty. */
  async gather(count: number): Promise<void> {
    const gathered = this.fleet.gather(count, 10_000, new AbortController().signal);
    // Words go to and fro without any timer: each step lets some of them through.
    for (let step = 0; step < 100; step++) await this.advance(1);
    await gathered;
  }

  /** Moves time; what a transport has under way arrives before it goes on. */
  async advance(byMs: number): Promise<void> {
    await this.clock.advance(byMs);
    await this.exchange.settle?.();
  }

  remoteCrew(startAt: number): RemoteCrew {
    const { fleet, clock, sink } = this;
    const nothing = () => undefined;
    return new RemoteCrew({
      ...{ fleet, clock, sink, startAt, recorder: new Recorder(), maxInFlight: 1000 },
      onCalls: nothing,
      onSigned: nothing,
    });
  }

  localCrew(startAt: number): LocalCrew {
    const { clock, sink } = this;
    const execute = systemOn(clock);
    return new LocalCrew({ clock, seed: 's', rates: RATES, startAt, maxInFlight: 1000, execute, sink, probe: calm });
  }

  engine(crew: Crew, startAt: number, signal = new AbortController().signal): LoadEngine {
    const course = new FixedCourse(layOut(PLAN, 0));
    return new LoadEngine({ clock: this.clock, crew, course, startAt, drainMs: 2000, signal });
  }
}
