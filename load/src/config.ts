import type { ObserverSecrets } from './observe/make-observers.js';
import type { TraceSettings } from './run-options.js';

/** What the load module takes from the environment; everything else comes from files and the command line. */
export interface Environment {
  /** Base address of an OTLP collector; without it no spans leave the process. */
  otlpEndpoint?: string;
  traces?: TraceSettings;
  /** User API token of HRLink, when not given on the command line. */
  token?: string;
  /** Password of HR's login. */
  password?: string;
  /** Bearer token of the emulators' admin doors. */
  adminToken?: string;
  /** `[host:]port` where a run serves its metrics. */
  metrics?: string;
  /** What the observers need and must not stand in a file. */
  observerSecrets?: ObserverSecrets;
}

/** Reads the environment; called once, by the command line. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return {
    otlpEndpoint: collectorOf(env),
    traces: tracesOf(env),
    token: env['LOAD_HRLINK_TOKEN'] || undefined,
    password: env['LOAD_HRLINK_PASSWORD'] || undefined,
    adminToken: env['ADMIN_TOKEN'] || undefined,
    metrics: env['LOAD_METRICS'] || undefined,
    observerSecrets: secretsOf(env),
  };
}

function secretsOf(env: NodeJS.ProcessEnv): ObserverSecrets {
  return {
    databaseUrl: env['LOAD_OBSERVE_DATABASE_URL'] || undefined,
    prometheusToken: env['LOAD_OBSERVE_PROMETHEUS_TOKEN'] || undefined,
    zabbixToken: env['LOAD_OBSERVE_ZABBIX_TOKEN'] || undefined,
    zabbixPassword: env['LOAD_OBSERVE_ZABBIX_PASSWORD'] || undefined,
  };
}

/** The collector's base address, unless `OTEL_SDK_DISABLED` or `OTEL_TRACES_EXPORTER` says that nothing is exported. */
function collectorOf(env: NodeJS.ProcessEnv): string | undefined {
  const exporters = (env['OTEL_TRACES_EXPORTER'] || 'otlp').split(',').map((name) => name.trim());
  if (env['OTEL_SDK_DISABLED'] === 'true' || !exporters.includes('otlp')) return undefined;
  return env['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined;
}

function tracesOf(env: NodeJS.ProcessEnv): TraceSettings {
  return {
    listen: env['LOAD_OTLP_LISTEN'] || undefined,
    listenGrpc: env['LOAD_OTLP_GRPC_LISTEN'] || undefined,
    token: env['LOAD_OTLP_TOKEN'] || undefined,
    advertise: env['LOAD_OTLP_ADVERTISE'] || undefined,
    protocol: env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'] || undefined,
    share: shareOf(env),
  };
}

/** Share of operations to trace by `OTEL_TRACES_SAMPLER` and its argument: every operation begins a trace, so only the root part counts. */
function shareOf(env: NodeJS.ProcessEnv): number {
  const sampler = env['OTEL_TRACES_SAMPLER'] ?? 'parentbased_always_on';
  if (sampler.endsWith('always_off')) return 0;
  const share = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? 1);
  return sampler.endsWith('traceidratio') && share >= 0 && share <= 1 ? share : 1;
}
