import type { ObserverSecrets } from './observe/make-observers.js';

/** What the load module takes from the environment; everything else comes from files and the command line. */
export interface Environment {
  /** Base address of an OTLP collector; without it no spans leave the process. */
  otlpEndpoint?: string;
  /** User API token of HRLink, when not given on the command line. */
  token?: string;
  /** Password of HR's login. */
  password?: string;
  /** Bearer token of the emulators' admin doors. */
  adminToken?: string;
  /** What the observers need and must not stand in a file. */
  observerSecrets?: ObserverSecrets;
}

/** Reads the environment; called once, by the command line. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return {
    otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined,
    token: env['LOAD_HRLINK_TOKEN'] || undefined,
    password: env['LOAD_HRLINK_PASSWORD'] || undefined,
    adminToken: env['ADMIN_TOKEN'] || undefined,
    observerSecrets: {
      databaseUrl: env['LOAD_OBSERVE_DATABASE_URL'] || undefined,
      prometheusToken: env['LOAD_OBSERVE_PROMETHEUS_TOKEN'] || undefined,
      zabbixToken: env['LOAD_OBSERVE_ZABBIX_TOKEN'] || undefined,
      zabbixPassword: env['LOAD_OBSERVE_ZABBIX_PASSWORD'] || undefined,
    },
  };
}
