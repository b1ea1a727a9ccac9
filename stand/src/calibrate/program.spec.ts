import { Draw, sampler, type Distribution } from '@poligon/emulator-kit';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ksDistance, percentileOf } from './fit.js';
import { calibrateProgram } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'poligon-'));
let files = 0;

function file(text: string): string {
  const path = join(folder, `measured-${(files += 1)}`);
  writeFileSync(path, text);
  return path;
}

async function calibrate(...args: string[]): Promise<string> {
  let text = '';
  await calibrateProgram((piece) => void (text += piece)).parseAsync(args, { from: 'user' });
  return text;
}

function drawn(distribution: Distribution, count = 5000): readonly number[] {
  const draw = new Draw().aim(42);
  return Array.from({ length: count }, () => sampler(distribution)(draw));
}

const seconds = (ms: number) => (ms / 1000).toFixed(4);
const nano = 1_700_000_000_000_000_000n;
/** The same measurements in every form that is understood. */
const forms: [string, (list: readonly number[]) => string][] = [
  [
    'nginx, time last',
    (list) =>
      list
        .map((ms) => `10.0.0.1 - - [x] "POST /sys/send.php?a=1 HTTP/1.1" 200 12 "-" "curl" ${seconds(ms)}`)
        .join('\n'),
  ],
  [
    'nginx, named',
    (list) => list.map((ms) => `10.0.0.1 "POST /sys/send.php HTTP/1.1" 200 rt=${seconds(ms)} ua="x"`).join('\n'),
  ],
  [
    'Apache %D',
    (list) => list.map((ms) => `h - - [x] "POST /sys/send.php HTTP/1.1" 200 5 ${Math.round(ms * 1000)}`).join('\n'),
  ],
  [
    'JSON lines',
    (list) =>
      list.map((ms) => JSON.stringify({ method: 'POST', uri: '/sys/send.php', request_time: ms / 1000 })).join('\n'),
  ],
  [
    'HAR',
    (list) => {
      const entries = list.map((ms) => ({
        request: { method: 'POST', url: 'https://sms.example/sys/send.php?x=1' },
        time: ms + 40,
        timings: { connect: 40, wait: ms, receive: 0 },
      }));
      return JSON.stringify({ log: { entries } });
    },
  ],
  [
    'OTLP',
    (list) => {
      const spans = list.map((ms) => ({
        name: 'POST /sys/send.php',
        startTimeUnixNano: String(nano),
        endTimeUnixNano: String(nano + BigInt(Math.round(ms * 1e6))),
      }));
      return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    },
  ],
];

describe('calibrate', () => {
  const measured = drawn({ distribution: 'lognormal', p50Ms: 100, p95Ms: 400 });

  it.each(forms)('fits a lognormal from %s', async (_, write) => {
    const out = join(folder, `profile-${(files += 1)}.yaml`);
    const text = await calibrate('--from', file(write(measured)), '--operation', 'smsc.send', '--out', out);
    expect(text).toMatch(/lognormal \*/);
    const profile = parse(readFileSync(out, 'utf8')) as {
      operations: Record<string, { p50Ms: number; p95Ms: number }>;
    };
    expect(profile.operations['smsc.send']).toMatchObject({ distribution: 'lognormal' });
    const { p50Ms, p95Ms } = profile.operations['smsc.send']!;
    expect(
      Math.abs(
        p50Ms -
          percentileOf(
            [...measured].sort((a, b) => a - b),
            50,
          ),
      ),
    ).toBeLessThan(0.2);
    expect(
      Math.abs(
        p95Ms -
          percentileOf(
            [...measured].sort((a, b) => a - b),
            95,
          ),
      ),
    ).toBeLessThan(0.2);
  });

  it.each<[string, Distribution]>([
    ['normal', { distribution: 'normal', p50Ms: 200, p95Ms: 240 }],
    ['exponential', { distribution: 'exponential', p50Ms: 50 }],
    ['uniform', { distribution: 'uniform', minMs: 20, maxMs: 90 }],
    ['pareto', { distribution: 'pareto', p50Ms: 30, p95Ms: 120 }],
  ])('recognises %s', async (name, distribution) => {
    const { fits } = JSON.parse(
      await calibrate('--from', file(forms[0]![1](drawn(distribution))), '--operation', 'x', '--json'),
    );
    expect(fits[0].distribution.distribution).toBe(name);
    expect(fits[0].ks).toBeLessThan(0.03);
  });

  it('describes two humps by points, because no formula does', async () => {
    const humps = [
      ...drawn({ distribution: 'normal', p50Ms: 20, p95Ms: 25 }),
      ...drawn({ distribution: 'normal', p50Ms: 500, p95Ms: 550 }),
    ];
    const { fits } = JSON.parse(await calibrate('--from', file(forms[0]![1](humps)), '--operation', 'x', '--json'));
    expect(fits[0].distribution.distribution).toBe('empirical');
    expect(fits[0].ks).toBeLessThan(0.05);
  });

  it('adds to a profile that is there and keeps its other operations', async () => {
    const out = join(folder, 'grown.yaml');
    writeFileSync(out, 'name: mine\noperations:\n  smsc.status: { ms: 7 }\n');
    await calibrate('--from', file(forms[0]![1](measured)), '--operation', 'smsc.send', '--out', out);
    const profile = parse(readFileSync(out, 'utf8')) as { name: string; operations: object };
    expect([profile.name, Object.keys(profile.operations)]).toEqual(['mine', ['smsc.status', 'smsc.send']]);
  });

  it('shows what a file has calls of, and picks calls by name', async () => {
    const log = [...measured.slice(0, 30), ...[1, 2, 3]].map(
      (ms, at) => `"GET /${at < 30 ? 'a/b' : 'c'} HTTP/1.1" ${seconds(ms)}`,
    );
    const path = file(log.join('\n'));
    expect(await calibrate('--from', path)).toMatch(/GET \/a\/b .* 30 /);
    expect(await calibrate('--from', path, '--operation', 'x', '--call', 'GET */b')).toContain('30 calls');
    await expect(calibrate('--from', path, '--operation', 'x', '--call', '/c')).rejects.toThrow(
      /^3 calls, at least 20 are needed/,
    );
  });

  it.each([
    ['text', 'hello\nworld', /^no line tells a request/],
    ['other JSON', '{"log":{}}', /^not a HAR file: log\.entries/],
    ['an empty trace', '{"resourceSpans":[]}', /^the file has no calls in it$/],
  ])('refuses %s in one line', async (_, text, message) => {
    await expect(calibrate('--from', file(text), '--operation', 'x')).rejects.toThrow(message);
  });
});

describe('ksDistance', () => {
  it.each([
    [[1, 2, 3], [1, 2, 3], 0],
    [[1, 2], [3, 4], 1],
    [[1, 2, 3, 4], [3, 4, 5, 6], 0.5],
    [[1, 1, 1, 2], [1, 2, 2, 2], 0.5],
  ])('of %j and %j is %d', (left, right, expected) => {
    expect(ksDistance(left, right)).toBe(expected);
  });
});
