import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../load/src/engine/clock.js';
import { FixedCourse } from '../../../load/src/engine/course.js';
import { ProcessHealthProbe } from '../../../load/src/engine/generator-health.js';
import { LoadEngine } from '../../../load/src/engine/load-engine.js';
import { LocalCrew } from '../../../load/src/engine/local-crew.js';
import type { Execute } from '../../../load/src/engine/operation-tracker.js';
import type { Sample } from '../../../load/src/engine/sample.js';
import { layOut } from '../../../load/src/engine/timeline.js';
import { CallMeter } from '../../../load/src/hrlink/call-meter.js';
import { LoadSession } from '../../../load/src/load-session.js';
import { resolveRun } from '../../../load/src/resolve-run.js';
import { NdjsonWriter } from '../../../load/src/run-folder/run-folder.js';
import { SystemClock } from '../../../load/src/runtime/system-clock.js';
import { contextFor } from '../../../load/src/scenarios/operation-runner.js';
import type { World } from '../../../load/src/scenarios/world.js';
import { EagerClock } from './eager-clock.js';

const MS_PER_HOUR = 3_600_000;
const CONNECTIONS = 64;
const START_DELAY_MS = 50;
/** Only how densely the plan is written: time moves with the work. */
const PLANNED_PER_SECOND = 10_000;

/** What the engine did with one step of a scenario at a rate. */
export interface EngineRun {
  readonly operations: number;
  readonly failed: number;
  readonly cpuSeconds: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
}

/** One call of HRLink as scenarios make it, through everything a real run has: plan, dispatcher, session, trace, meters, samples on disk. */
export class EngineClient {
  private constructor(
    private readonly clock: SystemClock,
    private readonly session: LoadSession,
    private readonly execute: Execute,
  ) {}

  static async open(url: string): Promise<EngineClient> {
    const clock = new SystemClock();
    const resolved = resolveRun({ plan: 'smoke' });
    const run = { ...resolved, plan: { ...resolved.plan, connections: CONNECTIONS } };
    const session = new LoadSession({ plan: 'smoke', hrlink: url, smsAdmin: url, token: 'token' }, run, clock);
    const signal = new AbortController().signal;
    await session.warmUp(await session.open(new CallMeter(), signal), signal);
    const workshop = session.workshop(new CallMeter());
    const world = {} as World;
    const execute: Execute = async (arrival, accepted, aborted) => {
      const { operation: name, ordinal, phase } = arrival;
      const trace = workshop.tracing.operation(name, { 'poligon.step': phase.step, 'poligon.ordinal': ordinal });
      const subject = () => undefined;
      const context = contextFor(workshop, { world, ordinal, name, trace, signal: aborted, accepted, subject });
      const answer = await context.hr.call('currentUser');
      context.accepted();
      answer.need('clientId');
      trace.end();
      return { traceId: trace.traceId };
    };
    return new EngineClient(clock, session, execute);
  }

  /** So many operations as fast as they go, as many in progress as there are connections. */
  flatOut(operations: number): Promise<EngineRun> {
    const clock = new EagerClock(this.clock.now(), PLANNED_PER_SECOND, CONNECTIONS);
    const execute: Execute = async (arrival, accepted, signal) => {
      clock.begin();
      const result = await this.execute(arrival, accepted, signal);
      clock.end();
      return result;
    };
    return this.measure(clock, execute, { startAt: clock.startAt, perSecond: PLANNED_PER_SECOND, operations });
  }

  /** Operations at a rate, by the clock on the wall. */
  run(perSecond: number, seconds: number): Promise<EngineRun> {
    const { clock, execute } = this;
    const startAt = clock.now() + START_DELAY_MS;
    return this.measure(clock, execute, { startAt, perSecond, operations: perSecond * seconds });
  }

  private async measure(
    clock: Clock,
    execute: Execute,
    plan: { startAt: number; perSecond: number; operations: number },
  ): Promise<EngineRun> {
    const { startAt, perSecond, operations } = plan;
    const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
    const samples = new NdjsonWriter<Sample>(join(folder, 'samples.ndjson'));
    const crew = new LocalCrew({
      ...{ clock, seed: 'bench', startAt, execute, maxInFlight: 100_000 },
      rates: [{ operation: 'send-document', perHour: (perSecond * MS_PER_HOUR) / 1000 }],
      sink: samples,
      probe: () => new ProcessHealthProbe(),
    });
    const hold = { levelPercent: 100, rampMs: 0, holdMs: (operations / perSecond) * 1000, settleMs: 0 };
    const course = new FixedCourse(layOut([hold], 100));
    const signal = new AbortController().signal;
    const before = process.cpuUsage();
    const { cells } = await new LoadEngine({ clock, course, crew, startAt, drainMs: 30_000, signal }).run();
    await samples.close();
    const { user, system } = process.cpuUsage(before);
    rmSync(folder, { recursive: true });
    const cell = cells[0]!;
    return {
      operations: cell.counts.ok,
      failed: cell.counts.failed + cell.counts.lost + cell.counts.dropped,
      cpuSeconds: (user + system) / 1e6,
      lagP50Ms: cell.lag.percentile(50) ?? 0,
      lagP99Ms: cell.lag.percentile(99) ?? 0,
    };
  }

  close(): Promise<void> {
    return this.session.close();
  }
}
