import type { Clock } from '../engine/clock.js';
import type { HealthProbe } from '../engine/generator-health.js';
import { ProcessHealthProbe } from '../engine/generator-health.js';
import { SystemClock } from './system-clock.js';

/** The machine a run happens on: its time and what the generator uses of it. */
export interface Machine {
  clock: Clock;
  /** A fresh probe per call: each measures its own window. */
  probe: () => HealthProbe;
}

/** The real one. */
export function thisMachine(): Machine {
  return { clock: new SystemClock(), probe: () => new ProcessHealthProbe() };
}
