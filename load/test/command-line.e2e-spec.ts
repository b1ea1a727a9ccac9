import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../src/cli/program.js';

const folder = mkdtempSync(join(tmpdir(), 'load-cli-'));
const badPlan = join(folder, 'bad.yaml');
const badPaths = join(folder, 'paths.yaml');
writeFileSync(badPlan, 'name: bad\nsteps: [{ level: 100, ramp: soon, hold: 1m }]\n');
writeFileSync(badPaths, 'operations: { login: { method: FETCH } }\n');

async function load(...args: string[]) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') =>
    ({ isTTY: false, write: (text: string) => (written[name] += text) !== '' }) as unknown as NodeJS.WriteStream;
  const exitCode = await runCommandLine(['node', 'load', ...args], {
    environment: {},
    out: stream('out'),
    err: stream('err'),
  });
  return { exitCode, ...written };
}

const target = ['--hrlink', 'http://127.0.0.1:1', '--sms-admin', 'http://127.0.0.1:1', '--token', 't'];

describe('command line', () => {
  it.each([
    [['run'], "error: required option '--plan <name|file>' not specified"],
    [['run', '--plan', 'demo'], "error: required option '--hrlink <url>' not specified"],
    [['run', '--plan', 'demo', ...target.slice(0, 4)], 'error: --token: missing, name it or set LOAD_HRLINK_TOKEN'],
    [
      ['run', '--plan', 'demo', ...target, '--hrlink', 'localhost'],
      "error: option '--hrlink <url>' argument 'localhost' is invalid. must be an http(s) address.",
    ],
    [
      ['run', '--plan', 'demo', ...target, '--admin', 'sms'],
      "error: option '--admin <name=url>' argument 'sms' is invalid. must look like sms=http://127.0.0.1:9103.",
    ],
    [
      ['run', '--plan', 'demo', ...target, '--lang', 'de'],
      "error: option '--lang <language>' argument 'de' is invalid. Allowed choices are ru, en.",
    ],
    [['run', '--plan', 'nightly', ...target], 'error: plan nightly: no built-in plan has this name'],
    [
      ['run', '--plan', badPlan, ...target],
      'error: bad.yaml: steps.0.ramp: must be a duration such as 250ms, 10s, 20m or 12h',
    ],
    [['run', '--plan', 'demo', ...target, '--profile', './none.yaml'], 'error: ./none.yaml: no such file'],
    [['run', '--plan', 'demo', ...target, '--hrlink-profile', badPaths], 'operations.login.method'],
    [['report', folder], `error: ${folder}: not a finished run folder, run.json is missing`],
    [['measure'], "error: unknown command 'measure'"],
  ])('refuses %j with one line and code 2', async (args, message) => {
    const { exitCode, err, out } = await load(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n').length).toBe(1);
    expect(out).toBe('');
  });

  it('prints the schedule of a plan with exact counts and the data it needs', async () => {
    const { exitCode, out } = await load('plan', '--plan', 'demo', '--dry-run');
    expect(exitCode).toBe(0);
    expect(out).toContain('plan demo, profile demo, seed poligon, 1:00 of load');
    expect(out).toMatch(/hold\s*│ 0:10 │ 1:00 │ 100 .*│ 45 .*│ 20 .*│ 25 .*│ 25 .*│ 50/);
    expect(out).toContain('unsigned documents for sign-unep: 55');
    expect(out).not.toContain('\u001b');
  });

  it('shows help with code 0', async () => {
    const { exitCode, out } = await load('--help');
    expect(exitCode).toBe(0);
    expect(out).toContain('run [options]');
  });
});
