import { z } from 'zod';
import type { Clock } from '../engine/clock.js';
import type { AdminDoor } from '../observe/admin-door.js';
import { readAdmin } from '../observe/admin-door.js';
import { OperationFailure } from './hrlink.errors.js';

const clockAnswer = z.object({ now: z.iso.datetime({ offset: true }) });

/**
 * Compares the clock of the SMS emulator with this machine's: one-time codes are looked for by their time. Throws
 * OperationFailure when the difference, beyond what the way there and back explains, is more than tolerated; a door
 * that does not tell the time is let pass.
 */
export async function checkClock(door: AdminDoor, clock: Clock, toleratedMs: number): Promise<void> {
  const askedAt = clock.now();
  let theirs: number;
  try {
    theirs = Date.parse(clockAnswer.parse(await readAdmin(door, '/__admin/clock')).now);
  } catch {
    return;
  }
  const heardAt = clock.now();
  const aheadMs = theirs - (askedAt + heardAt) / 2;
  if (Math.abs(aheadMs) - (heardAt - askedAt) / 2 <= toleratedMs) return;
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1);
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  const allowed = `timing.clockSkew allows ${toleratedMs / 1000} s`;
  throw new OperationFailure(
    'clock skew',
    `the clock of ${door.name} is ${seconds} s ${side} this machine's, ${allowed}`,
  );
}
