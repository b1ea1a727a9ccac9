import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { ended, startStand } from '../../../test/stand-process.js';
import type { Descriptor } from '../../../test/stand-process.js';
import { RunFolder } from '../../src/run-folder/run-folder.js';
import { runLoad } from '../../src/run-load.js';

const PER_HOUR = 36_000;
const SEEDS = (process.env['LOAD_PROOF_SEEDS'] ?? 'a,b,c,d,e').split(',');
const STEP_PERCENT = 10;

const PLAN = `name: knee
search:
  start: 120
  step: ${STEP_PERCENT}
  ceiling: 200
  first: { ramp: 3s, hold: 20s }
  next: { ramp: 3s, hold: 20s }
  confirm: { ramp: 3s, hold: 20s }
  settle: 1s
  rest: 5s
drain: 30s
`;
const PROFILE = `name: knee
operations:
  send-document: { perHour: ${PER_HOUR}, sla: { percentile: 95, limit: 3s } }
data: { signers: 4, pdfKilobytes: 1 }
timing: { pollInterval: 200ms, pollTimeout: 60s }
`;

/** Makes the conversion the bottleneck and gives its true knee, per cent of the profile. */
async function setCapacity(stand: Descriptor): Promise<number> {
  const url = `${stand.addresses['hrlink-reference']!.adminUrl}/__admin/capacity`;
  const { body } = await request(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ convert: { workers: 4, serviceMs: 300, jitter: 0 } }),
  });
  const text = await body.text();
  const knee = /"convert".*?"kneePerSecond":\s*([\d.]+)/s.exec(text)?.[1];
  if (knee === undefined) throw new Error(`no knee in ${text.slice(0, 500)}`);
  return (Number(knee) / (PER_HOUR / 3600)) * 100;
}

describe('search on the reference system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'knee-'));
  let child: ChildProcess | undefined;
  let stand: Descriptor;
  let kneePercent: number;

  beforeAll(async () => {
    const started = await startStand(folder, {}, (process) => (child = process));
    stand = started.descriptor;
    kneePercent = await setCapacity(stand);
    writeFileSync(join(folder, 'plan.yaml'), PLAN);
    writeFileSync(join(folder, 'profile.yaml'), PROFILE);
  }, 120_000);
  afterAll(async () => {
    if (!child) return;
    child.kill('SIGTERM');
    await ended(child);
  });

  it.each(SEEDS)(
    'finds the true knee within one step and names the saturation, seed %s',
    async (seed) => {
      const result = await runLoad({
        plan: join(folder, 'plan.yaml'),
        profile: join(folder, 'profile.yaml'),
        hrlink: stand.addresses['hrlink-reference']!.protocolUrl,
        smsAdmin: stand.addresses['sms-gateway-stub']!.adminUrl,
        token: stand.apiToken,
        out: join(folder, 'runs'),
        seed,
      });
      const outcome = new RunFolder(result.folder).read('search.json');
      const { saturation } = new RunFolder(result.folder).read('analysis.json').points;
      const steps = outcome.steps.map((step) => `${step.purpose} ${step.levelPercent} ${step.word}`);
      const found = `Lmax ${outcome.lmaxPercent} %, saturation ${saturation?.levelPercent} %`;
      process.stdout.write(`seed ${seed}: knee ${kneePercent.toFixed(1)} %, ${found}; ${steps.join(', ')}\n`);
      expect(outcome).toMatchObject({ isConfirmed: true });
      expect(Math.abs(outcome.lmaxPercent! - kneePercent)).toBeLessThanOrEqual(STEP_PERCENT);
      expect(Math.abs((saturation?.levelPercent ?? NaN) - kneePercent)).toBeLessThanOrEqual(STEP_PERCENT);
    },
    600_000,
  );
});
