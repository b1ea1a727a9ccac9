import { createTestDatabase } from '@poligon/testing';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Victim, type Service } from './crash/victim.js';
import { certificates, messages, redemptions, rules, type Workload } from './crash/workloads.js';
import { ROOT } from './stand-process.js';

const LOAD_MS = Number(process.env['CRASH_LOAD_MS'] ?? 60_000);
const KILLS = Number(process.env['CRASH_KILLS'] ?? 10);
const SERVICES: readonly Service[] = [
  { name: 'sms-gateway-stub', prefix: 'SMS' },
  { name: 'ca-unep-emulator', prefix: 'CA' },
  { name: 'esia-stub', prefix: 'ESIA' },
  { name: '1c-emulator', prefix: 'ONEC' },
  { name: 'hrlink-reference', prefix: 'HRLINK' },
];
const isBuilt = SERVICES.every(({ name }) => existsSync(join(ROOT, 'dist', 'services', name, 'src', 'main.js')));
/** Deaths come at moments that differ from run to run: that is the point of them. */
const between = (fromMs: number, toMs: number) => fromMs + Math.random() * (toMs - fromMs);

interface Place {
  readonly state: NodeJS.ProcessEnv;
  readonly drop: () => Promise<void>;
}

async function folder(): Promise<Place> {
  const root = mkdtempSync(join(tmpdir(), 'poligon-crash-'));
  return { state: { STATE_FOLDER: root }, drop: async () => rmSync(root, { recursive: true, force: true }) };
}

async function server(): Promise<Place> {
  const { url, drop } = await createTestDatabase();
  return { state: { DATABASE_URL: url, DB_MIGRATE_AT_START: 'true' }, drop };
}

/** Makes promises until told to stop; a service that is not there is tried again. */
async function keepPromising(workload: Workload, isOver: () => boolean): Promise<number> {
  let acknowledged = 0;
  while (!isOver()) {
    const isAcknowledged = await workload.promise().catch(() => false);
    if (isAcknowledged) acknowledged += 1;
    await pause(isAcknowledged ? 10 : 50);
  }
  return acknowledged;
}

async function keepKilling(victim: Victim): Promise<void> {
  while (victim.kills < KILLS) {
    await pause(between(200, (LOAD_MS / KILLS) * 0.9));
    await victim.killAndRestart();
  }
}

function describeCrashes(engine: string, open: () => Promise<Place>): void {
  it(`every acknowledged promise holds on ${engine} after every service was killed ${KILLS} times`, async () => {
    const place = await open();
    const victims: Victim[] = [];
    try {
      for (const service of SERVICES) victims.push(await Victim.start(service, place.state));
      const [sms, ca, esia] = victims as [Victim, Victim, Victim];
      const workloads = [messages(sms), ...certificates(ca), await redemptions(esia), ...victims.map(rules)];
      const startedMs = performance.now();
      let isOver = false;
      const promised = workloads.map((workload) => keepPromising(workload, () => isOver));
      try {
        await Promise.all([...victims.map(keepKilling), pause(LOAD_MS)]);
      } finally {
        isOver = true;
      }
      const acknowledged = await Promise.all(promised);
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      const kills = victims.map(({ name, kills: count }) => `${name} ${count}`).join(', ');
      process.stdout.write(`\n${engine}: ${seconds} s of load; killed: ${kills}\n`);
      let lost = 0;
      for (const [at, workload] of workloads.entries()) {
        const found = await workload.found();
        lost += acknowledged[at]! - found;
        process.stdout.write(
          `  ${workload.about.padEnd(32)} acknowledged ${acknowledged[at]}, found ${found}, lost = ${acknowledged[at]! - found}\n`,
        );
        expect(acknowledged[at]).toBeGreaterThan(0);
      }
      expect(lost).toBe(0);
    } finally {
      await Promise.all(victims.map((victim) => victim.stop()));
      await place.drop();
    }
  }, 2_400_000);
}

if (!isBuilt) {
  it.skip('crashes [skipped: dist/ has not all services, run npm run build]', () => undefined);
} else {
  describeCrashes('pglite', folder);
  if (process.env['TEST_DATABASE_URL']) describeCrashes('postgresql', server);
  else it.skip('crashes on postgresql [skipped: TEST_DATABASE_URL is not set]', () => undefined);
}
