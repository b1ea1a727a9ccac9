import { z } from 'zod';
import type { AdminDoor } from './admin-door.js';
import { readAdmin } from './admin-door.js';

const rulesAnswer = z.object({
  rules: z.array(
    z.looseObject({
      id: z.string(),
      fault: z.string(),
      operations: z.array(z.string()).default([]),
      note: z.string().optional(),
    }),
  ),
});

/** Fault rules that were active in one emulator at one end of the run. */
export interface FaultAnnotation {
  service: string;
  moment: 'start' | 'end';
  /** Absent when the admin door did not answer. */
  rules?: { id: string; fault: string; operations: string[]; note?: string }[];
  error?: string;
}

/** Asks every admin door which faults are on; a door that does not answer is noted, never fatal. */
export function readFaultRules(doors: readonly AdminDoor[], moment: 'start' | 'end'): Promise<FaultAnnotation[]> {
  return Promise.all(
    doors.map(async (door): Promise<FaultAnnotation> => {
      try {
        const { rules } = rulesAnswer.parse(await readAdmin(door, '/__admin/faults'));
        const kept = rules.map(({ id, fault, operations, note }) => ({ id, fault, operations, note }));
        return { service: door.name, moment, rules: kept };
      } catch (error) {
        return { service: door.name, moment, error: (error as Error).message.split('\n')[0] };
      }
    }),
  );
}
