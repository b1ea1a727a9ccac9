import { newRun, type JobRun } from '../domain/job-run.js';
import type { JobRunStore } from './job-run.store.js';

const run = (id: string, fields: Partial<JobRun> = {}): JobRun => ({
  ...newRun({ id, job: 'count-parrots', trigger: 'admin', startedAt: '2026-01-15T09:00:00.000Z' }),
  ...fields,
});

/** What every implementation of JobRunStore must do. */
export function describeJobRunStore(name: string, open: (maxRunsPerJob: number) => Promise<JobRunStore>): void {
  describe(`${name} as a store of job runs`, () => {
    it('gives the newest runs of a job first', async () => {
      const store = await open(10);
      for (const id of ['a', 'b', 'c']) await store.start(run(id));
      await store.start(run('d', { job: 'feed-parrots' }));
      expect((await store.latest('count-parrots', 2)).map(({ id }) => id)).toEqual(['c', 'b']);
      expect(await store.latest('unknown', 2)).toEqual([]);
    });

    it('finds a run with its final state', async () => {
      const store = await open(10);
      await store.start(run('a'));
      expect((await store.find('a'))?.outcome).toBeNull();
      await store.finish(run('a', { outcome: 'partial', calls: 7 }));
      expect(await store.find('a')).toMatchObject({ outcome: 'partial', calls: 7 });
      expect(await store.find('b')).toBeUndefined();
    });

    it('keeps what it was given, not the object itself', async () => {
      const store = await open(10);
      const live = run('a');
      await store.start(live);
      live.calls = 99;
      expect((await store.find('a'))?.calls).toBe(0);
    });

    it('lets the oldest run of a job go at the limit and keeps the totals', async () => {
      const store = await open(2);
      for (const id of ['a', 'b', 'c']) {
        await store.start(run(id));
        await store.finish(run(id, { outcome: id === 'b' ? 'gave-up' : 'succeeded' }));
      }
      expect(await store.find('a')).toBeUndefined();
      expect(await store.totals('count-parrots')).toEqual({ runs: 3, succeeded: 2, failed: 1 });
    });

    it('counts a run that ends after it was let go', async () => {
      const store = await open(1);
      await store.start(run('a'));
      await store.start(run('b'));
      await store.finish(run('a', { outcome: 'failed' }));
      expect(await store.totals('count-parrots')).toEqual({ runs: 1, succeeded: 0, failed: 1 });
      expect((await store.latest('count-parrots', 10)).map(({ id }) => id)).toEqual(['b']);
    });

    it('forgets everything', async () => {
      const store = await open(2);
      await store.start(run('a'));
      await store.clear();
      expect(await store.find('a')).toBeUndefined();
      expect(await store.totals('count-parrots')).toEqual({ runs: 0, succeeded: 0, failed: 0 });
    });
  });
}
