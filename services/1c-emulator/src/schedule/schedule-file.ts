import { problemLine, SettingsError } from '@poligon/emulator-kit';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { JobSchedule } from './job-schedule.js';

const seconds = z.number().min(0.001, 'must be 0.001..31536000').max(31_536_000, 'must be 0.001..31536000');

/** One job's schedule as engineers write it. */
export const scheduleSchema = z.union(
  [
    z.strictObject({
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM, 00:00..23:59'),
      daysOfMonth: z.array(z.number().int().min(1).max(31)).min(1).max(31).optional(),
      daysOfWeek: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
      onWeekend: z.enum(['keep', 'before', 'after']).optional(),
    }),
    z.strictObject({ everySeconds: seconds, firstAfterSeconds: z.number().min(0).max(31_536_000).optional() }),
  ],
  {
    error:
      'must be {at: "HH:MM", daysOfMonth?: [1..31], daysOfWeek?: [1..7], onWeekend?: keep | before | after} ' +
      'or {everySeconds: 0.001..31536000, firstAfterSeconds?}',
  },
) satisfies z.ZodType<JobSchedule>;

const fileSchema = z.strictObject({ profiles: z.record(z.string(), z.record(z.string(), scheduleSchema)) });

/** Schedules by job name; a job that is missing runs only by hand. */
export type JobSchedules = Readonly<Record<string, JobSchedule>>;

/**
 * Reads one profile of a schedule file.
 * @param file path or URL of a YAML file
 * @throws SettingsError naming file, field and rule
 */
export function readSchedules(file: string | URL, profile: string, jobNames: readonly string[]): JobSchedules {
  const parsed = fileSchema.safeParse(readYaml(file));
  if (!parsed.success) throw new SettingsError(`${String(file)}: ${problemLine(parsed.error)}`);
  const { profiles } = parsed.data;
  for (const [name, jobs] of Object.entries(profiles)) {
    const stranger = Object.keys(jobs).find((job) => !jobNames.includes(job));
    if (stranger === undefined) continue;
    throw new SettingsError(
      `${String(file)}: profiles.${name}.${stranger}: no such job, jobs are ${jobNames.join(', ')}`,
    );
  }
  const found = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(profiles).join(', ');
  throw new SettingsError(`ONEC_SCHEDULE_PROFILE: no profile "${profile}", known are ${known}`);
}

function readYaml(file: string | URL): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    const [reason] = String(failure)
      .replace(/^\w*Error: /, '')
      .split('\n');
    throw new SettingsError(`${String(file)}: ${reason}`);
  }
}
