import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { ended, ROOT, startStand, type Descriptor } from './stand-process.js';

/** An employee thinks for so long that about fifty of them are at work at once. */
const PROFILE = `name: stitching
seed: ground-truth
errorLimitPercent: 1
accuracyLimitPercent: 90
operations:
  send-document: { perHour: 3240, sla: { percentile: 95, limit: 60s } }
  send-lna: { perHour: 1440, sla: { percentile: 95, limit: 60s } }
  application-unep: { perHour: 1800, sla: { percentile: 95, limit: 60s } }
  issue-unep: { perHour: 1800, sla: { percentile: 95, limit: 60s } }
  sign-unep: { perHour: 3600, sla: { percentile: 95, limit: 60s } }
data: { organisation: 1, organisations: 2, signers: 60, lnaRecipients: 3, pdfKilobytes: 60, remoteShare: 0.2, prepareParallelism: 8 }
timing: { thinkTime: 12s, pollInterval: 250ms, pollTimeout: 60s, otpTimeout: 30s }
`;
const PLAN = `name: stitching
steps: [{ level: 100, ramp: 5s, hold: 60s }]
maxInFlight: 400
connections: 128
drain: 60s
checkpointEvery: 30s
`;

interface Decision {
  readonly traceId: string;
  readonly operation?: string;
}
interface TrueCall {
  readonly traceId: string;
  readonly trueTraceId: string | null;
}

describe('spans of the emulators when the system under test drops the context', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  let descriptor: Descriptor;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'poligon-stitching-'));
    ({ descriptor } = await startStand(folder, { HRLINK_PROPAGATION: 'off' }, (started) => (child = started)));
  }, 120_000);
  afterAll(async () => {
    child?.kill('SIGTERM');
    if (child !== undefined) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  async function load(): Promise<string> {
    writeFileSync(join(folder, 'plan.yaml'), PLAN);
    writeFileSync(join(folder, 'profile.yaml'), PROFILE);
    const { addresses, apiToken, traces } = descriptor;
    const args = ['run', '--plan', join(folder, 'plan.yaml'), '--profile', join(folder, 'profile.yaml')];
    const doors = ['--hrlink', addresses['hrlink-reference']!.protocolUrl];
    doors.push('--sms-admin', addresses['sms-gateway-stub']!.adminUrl, '--token', apiToken);
    const run = spawn(process.execPath, ['dist/load/src/main.js', ...args, ...doors, '--out', join(folder, 'runs')], {
      cwd: ROOT,
      stdio: 'ignore',
      env: { ...process.env, LOAD_OTLP_LISTEN: traces },
    });
    await ended(run);
    return join(folder, 'runs', readdirSync(join(folder, 'runs'))[0]!);
  }

  const lines = <T>(run: string, file: string): T[] =>
    readFileSync(join(run, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as T);

  it('are given to the right operation in 98 % of cases, to a wrong one in half a per cent at most', async () => {
    const run = await load();
    const url = `${descriptor.addresses['hrlink-reference']!.adminUrl}/__admin/true-parents`;
    const { calls } = (await (await request(url)).body.json()) as { calls: TrueCall[] };
    const truth = new Map(calls.map(({ traceId, trueTraceId }) => [traceId, trueTraceId]));
    const operations = new Set(lines<{ traceId?: string }>(run, 'samples.ndjson').map(({ traceId }) => traceId));
    const inFlight = Math.max(...lines<{ inFlight: number }>(run, 'health.ndjson').map((line) => line.inFlight));
    let [right, wrong, all] = [0, 0, 0];
    for (const { traceId, operation } of lines<Decision>(run, 'stitching.ndjson')) {
      const trueTraceId = truth.get(traceId);
      const isOperations = operations.has(trueTraceId ?? undefined);
      if (isOperations) all += 1;
      if (operation !== undefined && operation === trueTraceId && isOperations) right += 1;
      else if (operations.has(operation) && operation !== undefined) wrong += 1;
    }
    const share = (count: number) => `${((100 * count) / all).toFixed(2)} %`;
    process.stdout.write(
      `stitching: ${all} calls of operations, ${inFlight} in progress at most, right ${share(right)}, wrong ${share(wrong)}\n`,
    );
    expect(all).toBeGreaterThan(300);
    expect(inFlight).toBeGreaterThanOrEqual(50);
    expect(right / all).toBeGreaterThanOrEqual(0.98);
    expect(wrong / all).toBeLessThanOrEqual(0.005);
  }, 900_000);
});
