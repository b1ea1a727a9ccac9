import { runCommandLine } from '../src/cli/program.js';

async function load(...args: string[]) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') =>
    ({ isTTY: false, write: (text: string) => (written[name] += text) !== '' }) as unknown as NodeJS.WriteStream;
  const terminal = { environment: {}, out: stream('out'), err: stream('err') };
  return { exitCode: await runCommandLine(['node', 'load', ...args], terminal), ...written };
}

describe('dry run', () => {
  it('shows the step finding of the maximum: 20 min + 1 h, then 15 + 30 min, then the confirmation', async () => {
    const { exitCode, out } = await load('plan', '--plan', 'max-performance');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/│ 1 +│ ramp +│ 0:00 +│ 20:00 +│ 0 → 100/);
    expect(out).toMatch(/│ 1 +│ hold +│ 20:00 +│ 1:20:00 +│ 100 .*│ 3240/);
    expect(out).toMatch(/│ 2 +│ ramp +│ 1:20:00 +│ 1:35:00 /);
    expect(out).toMatch(/│ 2 +│ hold +│ 1:35:00 +│ 2:05:00 +│ 110 /);
    expect(out).toContain('the steps end at the first hold that breaks its criteria');
  });

  it('shows a rehearsal of twelve hours at 1/60 and its level', async () => {
    const { exitCode, out } = await load('plan', '--plan', 'reliability', '--lmax', '150', '--time-scale', '1/60');
    expect(exitCode).toBe(0);
    expect(out).toContain('12:20 of load');
    expect(out).toContain('level 120 %, 80 % of the maximum of 150 % (regular)');
  });

  it.each([
    [['--plan', 'reliability'], 'error: --lmax: missing'],
    [
      ['--plan', 'reliability', '--lmax', '90'],
      'error: --below-target: the maximum of 90 % is below the required 100 %',
    ],
    [['--plan', 'reliability', '--after', '/nowhere'], 'error: --after: /nowhere: no maximum was found there'],
    [['--plan', 'demo', '--time-scale', '3'], 'must be above 0 and at most 1'],
  ])('refuses %j in one line', async (args, message) => {
    const { exitCode, err } = await load('plan', ...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n').length).toBe(1);
  });
});
