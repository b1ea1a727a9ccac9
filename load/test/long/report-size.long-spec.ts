import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../../src/run-folder/run-folder.js';
import { writeTwelveHours } from '../twelve-hours.fixture.js';

const SAMPLES = Number(process.env['REPORT_SAMPLES'] ?? 4_000_000);
const LIMIT_CPU_SECONDS = 20;
const LIMIT_MIB = 500;
/** Runs the built command and says what it used of processor and memory. */
const MEASURED = `
const { runCommandLine } = await import(process.argv[1]);
const started = performance.now();
const code = await runCommandLine(['node', 'load', 'report', process.argv[2]], { environment: {}, out: process.stderr, err: process.stderr });
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ code, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6, mib: process.resourceUsage().maxRSS / 1024 }));
`;

describe('the report of a run of twelve hours', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twelve-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`is made of ${SAMPLES} samples within ${LIMIT_CPU_SECONDS} s and ${LIMIT_MIB} MiB`, async () => {
    const path = join(folder, 'run');
    mkdirSync(path);
    await writeTwelveHours(path, SAMPLES);
    const program = join(import.meta.dirname, '../../../dist/load/src/cli/program.js');
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', MEASURED, program, path], {
      encoding: 'utf8',
    });
    const measured = JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Record<
      'code' | 'seconds' | 'cpuSeconds' | 'mib',
      number
    >;
    const bytes = statSync(join(path, 'samples.ndjson')).size;
    process.stdout.write(
      `report of ${SAMPLES} samples (${Math.round(bytes / 2 ** 20)} MiB): ${measured.seconds.toFixed(1)} s, CPU ${measured.cpuSeconds.toFixed(1)} s, ${Math.round(measured.mib)} MiB\n`,
    );
    expect(measured.code).toBe(0);
    const analysis = new RunFolder(path).read('analysis.json');
    expect(analysis.drift.find(({ operation, metric }) => metric === 'p95' && operation === 'sign-unep')).toMatchObject(
      {
        isDrifting: true,
      },
    );
    expect(measured.cpuSeconds).toBeLessThan(LIMIT_CPU_SECONDS);
    expect(measured.mib).toBeLessThan(LIMIT_MIB);
  }, 600_000);
});
