import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { parrot } from '../../../libs/emulator-kit/test/parrot.js';
import { faultsProgram } from './program.js';

let emulator: RunningEmulator;
const folder = mkdtempSync(join(tmpdir(), 'poligon-'));

beforeAll(async () => {
  emulator = await startEmulator(parrot, { ADMIN_TOKEN: 'secret-for-test' });
});
afterAll(() => emulator.close());

async function faults(...args: string[]): Promise<string> {
  let text = '';
  const print = (piece: string) => void (text += piece);
  const program = faultsProgram({ standFolder: folder, token: 'secret-for-test', print });
  await program.parseAsync([...args, '--url', emulator.adminUrl], { from: 'user' });
  return text;
}
const json = async (...args: string[]) => JSON.parse(await faults(...args, '--json'));

describe('faults', () => {
  beforeEach(() => faults('clear'));

  it('sets, lists and clears a rule', async () => {
    await faults(
      'set',
      'slow',
      'latency',
      '--options',
      'ms: 5',
      '--operations',
      'parrot.say',
      'parrot.last',
      '--ttl',
      '5m',
    );
    expect(await json('list')).toMatchObject({
      rules: [{ id: 'slow', operations: ['parrot.say', 'parrot.last'], options: { ms: 5 }, ttlMs: 300_000 }],
    });
    expect(await faults('list')).toMatch(/slow .*latency .*parrot\.say parrot\.last .*100 %/);
    expect(await faults('clear', 'slow')).toBe('cleared slow\n');
    expect(await faults('list')).toBe('no rules are set\n');
  });

  it('understands whom, how often and when', async () => {
    const rule = await json(
      ...['set', 'r', 'reset', '--percent', '5', '--client', 'flint', '--probability', '0.1', '--times', '3'],
      ...['--after', '1s', '--for', '2m', '--every', '1h', '--ramp', '500ms', '--note', 'drill'],
    );
    expect(rule).toMatchObject({
      match: { subject: { percent: 5 }, client: 'flint' },
      probability: 0.1,
      times: 3,
      schedule: { afterMs: 1000, forMs: 120_000, everyMs: 3_600_000, rampMs: 500 },
      note: 'drill',
    });
  });

  it('sets the rules of a file in place of all others', async () => {
    const file = join(folder, 'rules.yaml');
    writeFileSync(
      file,
      '- { id: a, fault: reset, operations: ["*"] }\n- { id: b, fault: no-reply, operations: ["*"] }\n',
    );
    await faults('set', 'gone', 'reset');
    expect((await json('set', '--file', file)).rules.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
  });

  it('shows kinds of fault and presets, and applies a preset', async () => {
    expect(await faults('types')).toMatch(/rate-limit .*perSecond\* burst per code status/);
    expect(await faults('presets')).toContain('moody');
    expect(await faults('presets', '--names')).toBe('moody\n');
    expect(await faults('preset', 'moody')).toMatch(/moody .*error .*50 %/);
  });

  it('starts an experiment, shows its timeline and stops it', async () => {
    const file = join(folder, 'experiment.yaml');
    writeFileSync(file, 'stages:\n  - { name: calm, durationMs: 60000 }\n');
    expect(await faults('experiment', 'day', '--file', file)).toMatch(/calm .*stage/);
    expect(await faults('experiments')).toMatch(/day .*running .*calm/);
    expect(await faults('experiment', 'day', '--stop')).toMatch(/ended .*stopped/);
  });

  it('watches exchanges as they come', async () => {
    const watching = faults('watch', '--operation', 'parrot.*', '--count', '1');
    let isOver = false;
    void watching.finally(() => (isOver = true));
    while (!isOver) await (await request(`${emulator.protocolUrl}/perch/last`)).body.dump();
    expect(await watching).toMatch(/^\d\d:\d\d:\d\d\.\d{3} parrot\.last +reply +\d+ ms/);
  });

  it('prints a completion script', async () => {
    expect(await faults('completion')).toContain('complete -F _faults faults');
  });

  it.each([
    ['a rule the door refuses', ['set', 'x', 'earthquake'], /^fault: unknown "earthquake"/],
    ['an unknown preset', ['preset', 'none'], /^no preset "none", known are moody$/],
    ['an unknown rule', ['clear', 'none'], /^no rule "none"$/],
    ['a wrong time', ['set', 'x', 'reset', '--ttl', 'soon'], /must be a time such as 250ms/],
    ['no fault', ['set', 'x'], /^set needs an id and a fault, or --file$/],
    ['an unknown command', ['explode'], /unknown command 'explode'/],
    ['a wrong token', ['list', '--token', 'wrong'], /^bearer token required$/],
  ])('reports %s in one line', async (_, args, message) => {
    await expect(faults(...args)).rejects.toThrow(message);
  });

  it('names the services it knows, and a door that is not there', async () => {
    const program = () => faultsProgram({ standFolder: folder, token: undefined, print: () => undefined });
    await expect(program().parseAsync(['list', '--service', 'fax'], { from: 'user' })).rejects.toThrow(
      /^--service: unknown "fax", known are sms/,
    );
    await expect(program().parseAsync(['list', '--url', 'http://127.0.0.1:1'], { from: 'user' })).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });
});
