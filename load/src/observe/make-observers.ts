import type { AdminDoor } from './admin-door.js';
import { EmulatorObserver } from './emulators/emulator.observer.js';
import { PrometheusObserver } from './metrics/prometheus.observer.js';
import { ScrapeObserver } from './metrics/scrape.observer.js';
import { ZabbixApi } from './metrics/zabbix-api.js';
import { ZabbixObserver } from './metrics/zabbix.observer.js';
import type { MakeObservers } from './monitoring.js';
import type { Observer, Write } from './observer.js';
import type { ObserversFile } from './observers.schema.js';
import { LocksObserver } from './postgres/locks.observer.js';
import { PostgresConnection } from './postgres/postgres-connection.js';
import { SessionsObserver } from './postgres/sessions.observer.js';
import { StatementsObserver } from './postgres/statements.observer.js';
import { TablesObserver } from './postgres/tables.observer.js';

/** What must not stand in a file. */
export interface ObserverSecrets {
  databaseUrl?: string;
  prometheusToken?: string;
  zabbixToken?: string;
  zabbixPassword?: string;
}

/** Everything the run watches: the emulators it was told of, and what the observers file names. */
export function observersOf(
  file: ObserversFile | undefined,
  doors: readonly AdminDoor[],
  secrets: ObserverSecrets = {},
): MakeObservers {
  return (write) => {
    const emulators = doors.map((door) => new EmulatorObserver(door, write));
    if (!file) return emulators;
    const scrapes = file.metrics.map((target) => new ScrapeObserver({ ...target, everyMs: target.every }, write));
    return [
      ...emulators,
      ...postgresObservers(file, secrets, write),
      ...scrapes,
      ...prometheusObservers(file, secrets, write),
      ...zabbixObservers(file, secrets, write),
    ];
  };
}

/** Each has a session of its own: a slow snapshot must not hold up the samples of every second. */
function postgresObservers({ postgres }: ObserversFile, { databaseUrl }: ObserverSecrets, write: Write): Observer[] {
  const url = postgres?.url ?? databaseUrl;
  if (url === undefined) return [];
  const session = () => new PostgresConnection(url);
  return [
    new StatementsObserver(session(), write),
    new SessionsObserver(session(), write, postgres?.application),
    new LocksObserver(session(), write),
    new TablesObserver(session(), write),
  ];
}

function prometheusObservers(file: ObserversFile, { prometheusToken: token }: ObserverSecrets, write: Write) {
  if (!file.prometheus) return [];
  const { url, step, queries } = file.prometheus;
  return [new PrometheusObserver({ url, stepSeconds: Math.max(1, Math.round(step / 1000)), queries, token }, write)];
}

function zabbixObservers(file: ObserversFile, { zabbixToken, zabbixPassword }: ObserverSecrets, write: Write) {
  if (!file.zabbix) return [];
  const { url, user = '', items } = file.zabbix;
  const access = zabbixToken === undefined ? { user, password: zabbixPassword ?? '' } : { token: zabbixToken };
  return [new ZabbixObserver(new ZabbixApi(url, access), items, write)];
}
