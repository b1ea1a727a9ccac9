import { execFileSync, fork, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyStage, instructions } from './image/docker-context.js';
import { ROOT } from './stand-process.js';

const PREFIXES: Readonly<Record<string, string>> = {
  'hrlink-reference': 'HRLINK',
  '1c-emulator': 'ONEC',
  'ca-unep-emulator': 'CA',
  'sms-gateway-stub': 'SMS',
  'esia-stub': 'ESIA',
};

/** The words of the first command of a stage's RUN that names the text. */
function commandOf(stage: string, text: string): readonly string[] {
  const { rest } = instructions().find(
    (line) => line.stage === stage && line.name === 'RUN' && line.rest.includes(text),
  )!;
  return rest
    .split('&&')
    .find((command) => command.includes(text))!
    .trim()
    .split(/\s+/);
}

/** Starts a service in the image's folder; resolves to its admin door. */
function start(app: string, service: string): Promise<{ child: ChildProcess; adminUrl: string }> {
  const prefix = PREFIXES[service]!;
  const child = fork(join(app, `dist/services/${service}/src/main.js`), {
    cwd: app,
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      [`${prefix}_PORT`]: '0',
      [`${prefix}_ADMIN_PORT`]: '0',
      SMS_SMPP_PORT: '0',
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${service} ended with ${code}:\n${output}`)));
    child.on('message', ({ adminUrl }: { adminUrl: string }) => resolve({ child, adminUrl }));
  });
}

describe('the image, rehearsed without a container engine', () => {
  let folder: string;
  let app: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'poligon-image-'));
    const build = join(folder, 'build');
    copyStage('build', build);
    symlinkSync(join(ROOT, 'node_modules'), join(build, 'node_modules'));
    const [, ...args] = commandOf('build', 'tools/build.mjs');
    execFileSync(process.execPath, args, { cwd: build, stdio: 'pipe' });

    app = join(folder, 'app');
    mkdirSync(app);
    copyStage('modules', app);
    for (const step of ['npm ci', 'npm pkg']) {
      const [npm, ...args] = commandOf('modules', step);
      execFileSync(npm!, args, { cwd: app, stdio: 'pipe' });
    }
    copyStage('final', app);
    cpSync(join(build, 'dist'), join(app, 'dist'), { recursive: true });
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds no development dependency', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    // TypeScript and type packages come with libraries that name them as peers.
    const own = Object.keys(devDependencies).filter((name) => !/^(@types\/|typescript$)/.test(name));
    expect(own.filter((name) => existsSync(join(app, 'node_modules', name)))).toEqual([]);
  });

  it.each(Object.keys(PREFIXES))('starts %s, answers its probes and stops in good order', async (service) => {
    const { child, adminUrl } = await start(app, service);
    const probes = await Promise.all(['healthz', 'readyz', 'metrics'].map((path) => fetch(`${adminUrl}/${path}`)));
    expect(probes.map(({ status }) => status)).toEqual([200, 200, 200]);
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it.each([
    ['the load module', ['dist/load/src/main.js', 'plan', '--plan', 'smoke'], 0],
    ['the command line of faults', ['dist/stand/src/faults.js', '--help'], 0],
    ['the migrations, with no database named', ['dist/stand/src/database.js', 'migrate'], 2],
    ['the registration, with no address', ['dist/stand/src/register.js'], 2],
  ])('runs %s', (_what, args, code) => {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: app, encoding: 'utf8' });
    expect([status, status === code ? '' : stderr]).toEqual([code, '']);
  });

  it('writes the list of what it is made of', () => {
    const command = commandOf('modules', 'npm sbom');
    const [npm, ...args] = command.slice(0, command.indexOf('>'));
    const { stdout } = spawnSync(npm!, args, { cwd: app, encoding: 'utf8', maxBuffer: 64_000_000 });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: { name: string }[] };
    expect(bomFormat).toBe('CycloneDX');
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(['fastify', 'kafkajs', 'zod']));
    expect(readdirSync(app)).toContain('prisma');
  });
});
