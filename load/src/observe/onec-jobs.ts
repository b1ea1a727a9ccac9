import { z } from 'zod';
import type { AdminDoor } from './admin-door.js';
import { readAdmin } from './admin-door.js';

const job = z.looseObject({
  title: z.string().optional(),
  name: z.string().optional(),
  id: z.string().optional(),
  runs: z.number().optional(),
  succeeded: z.number().optional(),
  failed: z.number().optional(),
  state: z.string().optional(),
});
const jobsAnswer = z.object({ jobs: z.array(job) }).or(z.array(job).transform((jobs) => ({ jobs })));

/** One scheduled job of the 1C emulator over the run. */
export interface OnecJob {
  name: string;
  runs: number;
  failed: number;
}

/** Background exchange of 1C beside the load. */
export interface OnecReading {
  /** Absent when no 1C admin door was named. */
  configured: boolean;
  jobs: OnecJob[];
  error?: string;
}

/** Reads the 1C emulator's job counters; soft failure. */
export async function readOnecJobs(door: AdminDoor | undefined): Promise<OnecReading> {
  if (!door) return { configured: false, jobs: [] };
  try {
    const { jobs } = jobsAnswer.parse(await readAdmin(door, '/__admin/jobs'));
    return { configured: true, jobs: countByName(jobs) };
  } catch (error) {
    return { configured: true, jobs: [], error: (error as Error).message.split('\n')[0] };
  }
}

/** Counters at the end minus counters at the start. */
export function onecDifference(before: OnecReading, after: OnecReading): OnecReading {
  const start = new Map(before.jobs.map((each) => [each.name, each]));
  const jobs = after.jobs.map((each) => ({
    name: each.name,
    runs: each.runs - (start.get(each.name)?.runs ?? 0),
    failed: each.failed - (start.get(each.name)?.failed ?? 0),
  }));
  return { ...after, error: after.error ?? before.error, jobs };
}

/** Accepts both counters per job and a list of single executions. */
function countByName(jobs: readonly z.infer<typeof job>[]): OnecJob[] {
  const totals = new Map<string, OnecJob>();
  for (const each of jobs) {
    const name = each.title ?? each.name ?? each.id ?? 'job';
    const total = totals.get(name) ?? { name, runs: 0, failed: 0 };
    total.runs += each.runs ?? 1;
    total.failed += each.failed ?? (/fail|error/i.test(each.state ?? '') ? 1 : 0);
    totals.set(name, total);
  }
  return [...totals.values()];
}
