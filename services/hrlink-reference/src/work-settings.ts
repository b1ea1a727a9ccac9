import { setting, value } from '@poligon/emulator-kit';
import { z } from 'zod';

/** Settings of the real work beside the capacity pools; off without a database. */
export const workSettings = {
  workDatabaseUrl: setting(
    'HRLINK_WORK_DATABASE_URL',
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address')
      .optional(),
    'PostgreSQL the work reads and writes; none is used when not set',
  ),
  workRows: setting('HRLINK_WORK_ROWS', value.int(60_000, 0, 10_000_000), 'documents made in that database at start'),
};

/** What `PUT /__admin/work` takes: any part of the plan. */
export const workPlanSchema = z.strictObject({
  hasIndex: z.boolean().optional(),
  connections: z.int().min(1, 'must be 1..500').max(500, 'must be 1..500').optional(),
  holdMs: z.number().min(0).max(60_000, 'must be 0..60000').optional(),
  counterHoldMs: z.number().min(0).max(60_000, 'must be 0..60000').optional(),
  convertCpuMs: z.number().min(0).max(60_000, 'must be 0..60000').optional(),
});
