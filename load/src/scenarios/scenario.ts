import type { Person } from '@poligon/people';
import type { Clock } from '../engine/clock.js';
import type { Random } from '../engine/random.js';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import type { OtpInbox } from '../hrlink/otp-inbox.js';
import type { DataSettings, TimingSettings } from '../profiles/load-profile.schema.js';
import type { OperationId } from '../profiles/operations.js';
import type { OperationTrace } from '../runtime/tracing.js';
import { WAITS } from '../tracing/part.js';
import type { EmployeeDesk } from './employee-desk.js';
import type { Polling } from './poll-until.js';
import type { World } from './world.js';

/** Everything one run of a scenario may use. */
export interface ScenarioContext {
  /** Running number of the operation: it selects the data. */
  ordinal: number;
  /** Chance of this very operation, the same in every repetition of the run. */
  random: Random;
  clock: Clock;
  signal: AbortSignal;
  timing: TimingSettings;
  settings: DataSettings;
  world: World;
  hr: HrlinkCaller;
  desk: EmployeeDesk;
  inbox: OtpInbox;
  /** Call when the system has taken the operation in (spec hrlink.md 4.3, **accepted**). */
  accepted(): void;
  /** Another caller inside this operation's trace. */
  within(caller: HrlinkCaller): HrlinkCaller;
  /** Takes the employee's browser through ESIA for a certificate request. */
  identifyRemotely(employee: HrlinkCaller, requestId: string, person: Person): Promise<void>;
  /** Call when it is known for whom the operation is done. */
  subject(person: Person): void;
  /** Call for everybody else the system may turn to because of the operation. */
  concerns(people: readonly Person[]): void;
  trace?: OperationTrace;
}

/** A business operation as its user does it. Throws OperationFailure when it does not succeed. */
export interface Scenario {
  id: OperationId;
  run(context: ScenarioContext): Promise<void>;
}

/** Poll settings of the run. */
export function polling(context: ScenarioContext): Polling {
  const { clock, signal, timing, trace } = context;
  return { clock, signal, trace, intervalMs: timing.pollInterval, timeoutMs: timing.pollTimeout };
}

/** The pause of a person before the next step. */
export async function think({ clock, timing, signal, trace }: ScenarioContext): Promise<void> {
  const done = trace?.wait(WAITS.think);
  await clock.sleep(timing.thinkTime, signal);
  done?.();
}
