import type { Fleet } from './distributed/fleet.js';
import { RemoteCrew } from './distributed/remote-crew.js';
import type { Crew } from './engine/crew.js';
import { LocalCrew } from './engine/local-crew.js';
import type { Recorder } from './engine/recorder.js';
import type { SampleSink } from './engine/sample.js';
import type { CallMeter } from './hrlink/call-meter.js';
import type { ResolvedRun } from './resolve-run.js';
import type { Machine } from './runtime/machine.js';
import { OperationRunner } from './scenarios/operation-runner.js';
import type { Workshop } from './scenarios/operation-runner.js';
import type { World } from './scenarios/world.js';

const KEEP_FOR_SAMPLE = 10_000;

export interface CrewParts {
  run: ResolvedRun;
  machine: Machine;
  startAt: number;
  recorder: Recorder;
  workshop: Workshop;
  world: World;
  /** Counts the HTTP calls of the workers. */
  meter: CallMeter;
  /** Workers; without them this process sends the load itself. */
  fleet?: Fleet;
}

/** Whoever sends the load of a run. */
export function crewOfRun(parts: CrewParts, sink: SampleSink): Crew {
  const { run, machine, startAt, recorder, workshop, world, meter, fleet } = parts;
  const { maxInFlight } = run.plan;
  if (!fleet) {
    const execute = new OperationRunner(workshop, world).execute;
    const { seed, operations: rates } = run;
    return new LocalCrew({ ...machine, seed, rates, startAt, maxInFlight, recorder, execute, sink });
  }
  return new RemoteCrew({
    ...{ fleet, clock: machine.clock, recorder, sink, startAt, maxInFlight },
    onCalls: (calls) => calls.forEach((call) => meter.merge(call)),
    onSigned: (ids) => {
      const room = Math.max(0, KEEP_FOR_SAMPLE - world.signedDocumentIds.length);
      world.signedDocumentIds.push(...ids.slice(0, room));
    },
  });
}
