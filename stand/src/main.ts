import { SettingsError } from '@poligon/emulator-kit';
import { join } from 'node:path';
import { COMPONENTS, type Addresses } from './components.js';
import { exit, readStandConfig } from './config.js';
import { removeDescriptor, runningStand, writeDescriptor } from './descriptor.js';
import { terminalLog } from './service-log.js';
import { Stand } from './stand.js';

/** `npm start`: keeps the stand up until Ctrl-C. */
async function main(): Promise<void> {
  const config = readStandConfig();
  const running = runningStand(config.folder);
  if (running !== undefined) {
    process.stderr.write(`a stand already runs here (pid ${running.pid}); stop it first or set STAND_FOLDER\n`);
    exit(2);
  }
  const stopper: { stop?: (reason: string, code: number) => void } = {};
  const stand = await Stand.start(config, join(config.folder, 'state'), {
    onLine: terminalLog(process.stdout),
    onCrash: (reason) => stopper.stop?.(reason, 1),
  });
  let isStopping = false;
  stopper.stop = (reason, code) => {
    if (isStopping) return;
    isStopping = true;
    process.stdout.write(`stopping: ${reason}\n`);
    void stand.stop().then(() => {
      removeDescriptor(config.folder);
      exit(code);
    });
  };
  process.on('SIGINT', () => stopper.stop?.('Ctrl-C', 0));
  process.on('SIGTERM', () => stopper.stop?.('SIGTERM', 0));
  writeDescriptor(config.folder, {
    pid: process.pid,
    children: stand.pids,
    apiToken: config.apiToken,
    traces: stand.traces,
    addresses: stand.addresses,
  });
  process.stdout.write(welcome(stand.addresses, config.apiToken));
}

function welcome(addresses: Addresses, apiToken: string): string {
  const rows = COMPONENTS.map(({ name, role }) => {
    const { protocolUrl, adminUrl } = addresses[name];
    return `  ${role.padEnd(8)} ${protocolUrl.padEnd(24)} admin ${adminUrl}`;
  });
  const sms = addresses['sms-gateway-stub'].adminUrl;
  return [
    '',
    'The stand is up. Stop it with Ctrl-C.',
    ...rows,
    `  HRLink User-Api-Token: ${apiToken}`,
    '',
    'Slow the SMS gateway down by two seconds, then run `npm run demo` in another terminal:',
    `  curl -X PUT ${sms}/__admin/faults/slow -H 'content-type: application/json' \\`,
    `    -d '{"fault":"latency","operations":["smsc.send"],"options":{"ms":2000}}'`,
    '',
    '',
  ].join('\n');
}

main().catch((failure: unknown) => {
  process.stderr.write(`stand: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  exit(failure instanceof SettingsError ? 2 : 1);
});
