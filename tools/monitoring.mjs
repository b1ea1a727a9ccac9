// Writes the Grafana dashboards and Zabbix templates of deploy/monitoring from tools/monitoring/*.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { dashboards } from './monitoring/grafana.mjs';
import { zabbixTemplates } from './monitoring/zabbix.mjs';

const FOLDER = fileURLToPath(new URL('../deploy/monitoring/', import.meta.url));

/** Every generated file: its name under deploy/monitoring and its text. */
export async function monitoringFiles() {
  const files = [...dashboards(), ...zabbixTemplates()];
  return Promise.all(files.map(async ([name, text]) => [name, await formatted(join(FOLDER, name), text)]));
}

async function formatted(filepath, text) {
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of await monitoringFiles()) {
    mkdirSync(dirname(join(FOLDER, name)), { recursive: true });
    writeFileSync(join(FOLDER, name), text);
    process.stdout.write(`${name}\n`);
  }
}
