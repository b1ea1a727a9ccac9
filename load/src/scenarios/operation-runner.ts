import type { Dispatcher } from 'undici';
import type { Arrival } from '../engine/arrivals.js';
import { stageAt } from '../engine/timeline.js';
import type { Clock } from '../engine/clock.js';
import type { OperationResult } from '../engine/operation-tracker.js';
import { Random } from '../engine/random.js';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { OtpInbox } from '../hrlink/otp-inbox.js';
import { subjectKey, type Person } from '@poligon/people';
import type { DataSettings, TimingSettings } from '../profiles/load-profile.schema.js';
import type { OperationId } from '../profiles/operations.js';
import type { OperationTrace, Tracing } from '../runtime/tracing.js';
import { SCENARIOS } from './catalogue.js';
import type { EmployeeDesk } from './employee-desk.js';
import { visitEsia } from './remote-identification.js';
import type { ScenarioContext } from './scenario.js';
import { polling } from './scenario.js';
import type { World } from './world.js';

/** The parts all operations of a run share. */
export interface Workshop {
  seed: string;
  clock: Clock;
  timing: TimingSettings;
  settings: DataSettings;
  hr: HrlinkCaller;
  desk: EmployeeDesk;
  inbox: OtpInbox;
  tracing: Tracing;
  /** Connections of the virtual browsers that visit ESIA. */
  browserDispatcher: Dispatcher;
}

/** What one operation gets besides the workshop. */
interface Occasion {
  world: World;
  ordinal: number;
  name: string;
  trace: OperationTrace;
  signal: AbortSignal;
  accepted: () => void;
  subject: (key: string) => void;
}

/** Builds the context of one operation: its own chance, its own trace, shared connections. */
export function contextFor(workshop: Workshop, occasion: Occasion): ScenarioContext {
  return new OperationContext(workshop, occasion);
}

/** What a scenario does not ask for is not made. */
class OperationContext implements ScenarioContext {
  readonly ordinal: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly timing: TimingSettings;
  readonly settings: DataSettings;
  readonly world: World;
  readonly hr: HrlinkCaller;
  readonly desk: EmployeeDesk;
  readonly trace: OperationTrace;
  private chance: Random | undefined;

  constructor(
    private readonly workshop: Workshop,
    private readonly occasion: Occasion,
  ) {
    this.ordinal = occasion.ordinal;
    this.clock = workshop.clock;
    this.signal = occasion.signal;
    this.timing = workshop.timing;
    this.settings = workshop.settings;
    this.world = occasion.world;
    this.desk = workshop.desk;
    this.trace = occasion.trace;
    this.hr = this.within(workshop.hr);
  }

  get random(): Random {
    const { name, ordinal } = this.occasion;
    return (this.chance ??= new Random(`${this.workshop.seed}|data|${name}|${ordinal}`));
  }

  get inbox(): OtpInbox {
    return this.workshop.inbox.within(this.trace);
  }

  accepted(): void {
    this.occasion.accepted();
  }

  within(caller: HrlinkCaller): HrlinkCaller {
    return caller.within(this.occasion);
  }

  subject(person: Person): void {
    const key = subjectKey(person.index);
    this.trace.setSubject(key);
    this.occasion.subject(key);
  }

  concerns(people: readonly Person[]): void {
    for (const { index } of people) this.trace.concerns(subjectKey(index));
  }

  async identifyRemotely(employee: HrlinkCaller, requestId: string, { phone }: Person): Promise<void> {
    const span = this.trace.call('esia.visit');
    const { traceparent } = span;
    const dispatcher = this.workshop.browserDispatcher;
    const visit = { employee, requestId, phone, polling: polling(this), dispatcher, traceparent };
    await visitEsia(visit).finally(() => span.end());
  }
}

/** Runs the scenario an arrival asks for; failures become a cause, never a rejection. */
export class OperationRunner {
  constructor(
    private readonly workshop: Workshop,
    private readonly world: World,
  ) {}

  readonly execute = async (arrival: Arrival, accepted: () => void, signal: AbortSignal): Promise<OperationResult> => {
    const { operation, phase } = arrival;
    const ordinal = arrival.ordinal - (this.world.ordinalBase[operation] ?? 0);
    const trace = this.workshop.tracing.operation(operation, {
      'poligon.step': phase.step,
      'poligon.stage': stageAt(phase, arrival.offsetMs),
      'poligon.ordinal': ordinal,
    });
    const result: OperationResult = { traceId: trace.traceId };
    const subject = (key: string) => {
      result.subject = key;
    };
    const { world } = this;
    const context = contextFor(this.workshop, { world, ordinal, name: operation, trace, signal, accepted, subject });
    try {
      await SCENARIOS[operation as OperationId].run(context);
    } catch (error) {
      result.cause = causeOf(error);
    }
    trace.end(result.cause);
    return result;
  };
}

/** Short stable words for an error, fit for grouping. */
export function causeOf(error: unknown): string {
  if (error instanceof OperationFailure) return error.cause;
  const { name, message, code } = error as Error & { code?: string };
  return code ? `net ${code}` : `${name}: ${message}`.slice(0, 120);
}
