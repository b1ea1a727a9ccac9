import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { noCluster, OwnCluster } from './crash/own-cluster.js';
import { Victim } from './crash/victim.js';
import { messages } from './crash/workloads.js';

const AWAY_MS = Number(process.env['AWAY_MS'] ?? 20_000);
const CALLERS = 50;
const SMS = { name: 'sms-gateway-stub', prefix: 'SMS' };
/** Memory may grow by this much while the database is away. */
const MAX_GROWTH_MB = 150;

const rssMb = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

if (noCluster !== undefined) {
  it.skip(`a database that goes away under load [skipped: ${noCluster}]`, () => undefined);
} else {
  it(`a PostgreSQL server that is away for ${AWAY_MS / 1000} s under load costs time, never a promise or a process`, async () => {
    const cluster = await OwnCluster.create();
    const state = { DATABASE_URL: cluster.url, DB_MIGRATE_AT_START: 'true', STATE_WAIT_MS: '3000' };
    const victim = await Victim.start(SMS, state);
    try {
      const workload = messages(victim);
      const counts = { before: [0, 0], away: [0, 0], after: [0, 0] };
      let phase: keyof typeof counts = 'before';
      let isOver = false;
      const caller = async () => {
        while (!isOver) {
          const isAcknowledged = await workload.promise().catch(() => false);
          counts[phase][isAcknowledged ? 0 : 1]! += 1;
          await pause(20);
        }
      };
      const callers = Array.from({ length: CALLERS }, caller);
      await pause(5000);
      const beforeMb = rssMb(victim.pid);
      cluster.stop();
      phase = 'away';
      await pause(AWAY_MS);
      const awayMb = rssMb(victim.pid);
      cluster.start();
      const backMs = performance.now();
      while (!(await workload.promise().catch(() => false))) await pause(20);
      const recoveredMs = performance.now() - backMs;
      await pause(4000);
      phase = 'after';
      await pause(5000);
      isOver = true;
      await Promise.all(callers);
      const acknowledged = counts.before[0]! + counts.away[0]! + counts.after[0]! + 1;
      const found = await workload.found();
      process.stdout.write(
        `\nacknowledged/refused before ${counts.before.join('/')}, away ${counts.away.join('/')}, after ${counts.after.join('/')}; ` +
          `recovered in ${Math.round(recoveredMs)} ms; resident ${Math.round(beforeMb)} MB before, ${Math.round(awayMb)} MB away; ` +
          `acknowledged ${acknowledged}, found ${found}, lost = ${acknowledged - found}\n`,
      );
      expect(found).toBe(acknowledged);
      expect(counts.away[1]).toBeGreaterThan(0);
      expect(counts.after[1]).toBe(0);
      expect(awayMb - beforeMb).toBeLessThan(MAX_GROWTH_MB);
      expect(victim.isAlive).toBe(true);
    } finally {
      await victim.stop();
      cluster.drop();
    }
  }, 300_000);
}
