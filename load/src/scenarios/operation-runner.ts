import type { Dispatcher } from 'undici';
import type { Arrival } from '../engine/arrivals.js';
import { stageAt } from '../engine/timeline.js';
import type { Clock } from '../engine/clock.js';
import type { OperationResult } from '../engine/operation-tracker.js';
import { Random } from '../engine/random.js';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { OtpInbox } from '../hrlink/otp-inbox.js';
import { subjectKey } from '@poligon/people';
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
  const { seed, clock, timing, settings, desk, inbox } = workshop;
  const { trace, signal, world, ordinal, name, accepted } = occasion;
  const within = (caller: HrlinkCaller) => caller.within({ trace, signal });
  const context: ScenarioContext = {
    ordinal,
    random: new Random(`${seed}|data|${name}|${ordinal}`),
    clock,
    signal,
    timing,
    settings,
    world,
    hr: within(workshop.hr),
    desk,
    inbox: inbox.within(trace),
    accepted,
    subject: (person) => {
      trace.setSubject(subjectKey(person.index));
      occasion.subject(subjectKey(person.index));
    },
    concerns: (people) => people.forEach((person) => trace.concerns(subjectKey(person.index))),
    trace,
    within,
    identifyRemotely: async (employee, requestId, { phone }) => {
      const span = trace.call('esia.visit');
      const { traceparent } = span;
      const dispatcher = workshop.browserDispatcher;
      const visit = { employee, requestId, phone, polling: polling(context), dispatcher, traceparent };
      await visitEsia(visit).finally(() => span.end());
    },
  };
  return context;
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
