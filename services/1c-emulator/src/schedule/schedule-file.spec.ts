import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobNames } from '../jobs/job-table.js';
import { readSchedules } from './schedule-file.js';

const builtIn = new URL('../schedule.yaml', import.meta.url);
const file = (yaml: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'schedule-')), 'schedule.yaml');
  writeFileSync(path, yaml);
  return path;
};

describe('the built-in schedule', () => {
  // the web site has no part in HRLink's load: its job runs by hand
  const extensionJobs = jobNames.filter((job) => job !== 'exchange-with-site');

  it('runs every job once a day by default', () => {
    const schedules = readSchedules(builtIn, 'daily', jobNames);
    expect(Object.keys(schedules).sort()).toEqual([...extensionJobs].sort());
    for (const schedule of Object.values(schedules)) expect(schedule).toHaveProperty('at');
  });

  it('has a background profile without documents, a payday that repeats every job, and one that runs none', () => {
    const isQuiet = (job: string): boolean => !job.startsWith('send-');
    for (const [profile, jobs] of [
      ['background', extensionJobs.filter(isQuiet)],
      ['payday', extensionJobs],
    ] as const) {
      const schedules = readSchedules(builtIn, profile, jobNames);
      expect(Object.keys(schedules).sort()).toEqual([...jobs].sort());
      for (const schedule of Object.values(schedules)) expect(schedule).toHaveProperty('everySeconds');
    }
    expect(readSchedules(builtIn, 'manual', jobNames)).toEqual({});
  });
});

describe('a schedule file', () => {
  it.each([
    ['profiles: { daily: { nap: { at: "10:00" } } }', /profiles\.daily\.nap: no such job, jobs are update-employees, /],
    [
      'profiles: { daily: { fetch-documents: { at: "25:00" } } }',
      /profiles\.daily\.fetch-documents\.at: must be HH:MM/,
    ],
    ['profiles: { daily: { fetch-documents: { everySeconds: 0 } } }', /fetch-documents\.everySeconds: must be 0\.001/],
    ['profiles: { daily: { fetch-documents: { often: 1 } } }', /fetch-documents: must be \{at: "HH:MM", .*\} or/],
    ['profiles: { other: {} }', /^ONEC_SCHEDULE_PROFILE: no profile "daily", known are other$/],
    ['nothing', /schedule\.yaml: /],
    ['a: [', /schedule\.yaml: /],
  ])('rejects %j in one line', (yaml, message) => {
    const read = () => readSchedules(file(yaml), 'daily', jobNames);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });

  it('names a file that does not exist', () => {
    expect(() => readSchedules('/nonexistent.yaml', 'daily', jobNames)).toThrow('/nonexistent.yaml: ENOENT');
  });
});
