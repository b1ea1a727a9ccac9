import { SettingsError } from '@poligon/emulator-kit';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPONENTS, type Addresses } from './components.js';
import { exit, inheritedEnvironment, readStandConfig, type StandConfig } from './config.js';
import { runningStand } from './descriptor.js';
import { fileLog } from './service-log.js';
import { Stand } from './stand.js';

/** Exit code of a run that Ctrl-C ended. */
const INTERRUPTED = 130;

/** `npm run demo`: the demo plan against the running stand, or against one started for it. The exit code is the verdict. */
async function main(): Promise<number> {
  const config = readStandConfig();
  const running = runningStand(config.folder);
  const args = process.argv.slice(2);
  if (running !== undefined) {
    process.stdout.write(`using the running stand (pid ${running.pid})\n`);
    return runLoad({ ...running, config }, args);
  }
  return withOwnStand(config, args);
}

async function withOwnStand(config: StandConfig, args: readonly string[]): Promise<number> {
  const logs = join(config.folder, 'logs');
  const log = fileLog(logs);
  let crash: string | undefined;
  process.stdout.write(`starting the stand (logs in ${logs})\n`);
  // A demonstration begins with nothing and leaves nothing.
  const state = mkdtempSync(join(tmpdir(), 'poligon-demo-'));
  try {
    const listener = { onLine: log.onLine, onCrash: (reason: string) => void (crash ??= reason) };
    const stand = await Stand.start({ ...config, ports: 'free' }, state, listener);
    try {
      const code = await runLoad({ ...stand, apiToken: config.apiToken, config }, args);
      if (crash === undefined) return code;
      process.stderr.write(`demo: ${crash}\n`);
      return 1;
    } finally {
      await stand.stop();
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
    log.close();
  }
}

/** The stand a run goes against. */
interface Target {
  readonly addresses: Addresses;
  readonly apiToken: string;
  readonly traces?: string | undefined;
  readonly config: StandConfig;
}

/** Runs the load module's own command line; Ctrl-C reaches it through the terminal, so it is only waited for here. */
function runLoad({ addresses, apiToken, traces, config }: Target, args: readonly string[]): Promise<number> {
  process.on('SIGINT', () => undefined);
  const admins = COMPONENTS.flatMap(({ name, prefix }) => [
    '--admin',
    `${prefix.toLowerCase()}=${addresses[name].adminUrl}`,
  ]);
  const child = spawn(
    process.execPath,
    [
      ...[join('dist', 'load', 'src', 'main.js'), 'run', '--plan', 'demo'],
      ...['--hrlink', addresses['hrlink-reference'].protocolUrl],
      ...['--sms-admin', addresses['sms-gateway-stub'].adminUrl],
      ...['--token', apiToken],
      ...(config.adminToken === undefined ? [] : ['--admin-token', config.adminToken]),
      ...admins,
      ...args,
    ],
    { stdio: 'inherit', env: loadEnvironment(traces) },
  );
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? INTERRUPTED : 1)));
  });
}

function loadEnvironment(traces: string | undefined): NodeJS.ProcessEnv {
  return { ...inheritedEnvironment(), ...(traces === undefined ? {} : { LOAD_OTLP_LISTEN: traces }) };
}

main().then(exit, (failure: unknown) => {
  process.stderr.write(`demo: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  exit(failure instanceof SettingsError ? 2 : 1);
});
