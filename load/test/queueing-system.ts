import type { Execute } from '../src/engine/operation-tracker.js';
import type { FakeClock } from './fake-clock.js';

/** A system of known capacity: `servers` work side by side, each operation takes `serviceMs`, the rest waits in line. */
export function queueingSystem(clock: FakeClock, servers: number, serviceMs: number): Execute {
  let busy = 0;
  const line: (() => void)[] = [];
  return async (_arrival, accepted) => {
    accepted();
    if (busy >= servers) await new Promise<void>((resolve) => line.push(resolve));
    else busy += 1;
    await clock.sleep(serviceMs);
    const next = line.shift();
    if (next) next();
    else busy -= 1;
    return {};
  };
}
