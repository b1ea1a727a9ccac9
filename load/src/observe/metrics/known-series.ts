import type { MetricRole } from '../../analysis/analysis.js';

/** How to make a series of the analysis out of samples of a scrape. */
export interface SeriesRule {
  /** Name of the metric on the page. */
  metric: string;
  /** Labels it must have. */
  labels?: Record<string, string>;
  /** One series per value of this label; summed up without. */
  by?: string;
  /** `rate`: growth per second of a counter. */
  as?: 'gauge' | 'rate';
  /** Divided by this metric of the same page, summed up. */
  over?: string;
  /** Multiplied by this: 100 turns a share into per cent. */
  times?: number;
  name: string;
  role: MetricRole;
  unit: string;
  /** Value at which the resource counts as exhausted. */
  limit?: number;
}

/**
 * Series recognised on any page without configuration: processes as client libraries of Prometheus describe them, and
 * what Micrometer says of JVMs, connection pools and Tomcat.
 */
export const KNOWN_SERIES: readonly SeriesRule[] = [
  { metric: 'process_cpu_seconds_total', as: 'rate', times: 100, name: 'CPU', role: 'cpu', unit: '%' },
  { metric: 'process_cpu_usage', times: 100, name: 'CPU', role: 'cpu', unit: '%', limit: 90 },
  { metric: 'system_cpu_usage', times: 100, name: 'CPU of the host', role: 'cpu', unit: '%', limit: 90 },
  { metric: 'process_resident_memory_bytes', times: 1 / 1_048_576, name: 'RSS', role: 'memory', unit: 'MiB' },
  {
    metric: 'jvm_memory_used_bytes',
    labels: { area: 'heap' },
    times: 1 / 1_048_576,
    name: 'heap',
    role: 'memory',
    unit: 'MiB',
  },
  {
    metric: 'hikaricp_connections_active',
    over: 'hikaricp_connections_max',
    times: 100,
    name: 'connection pool busy',
    role: 'pool',
    unit: '%',
    limit: 95,
  },
  { metric: 'hikaricp_connections_pending', name: 'waiting for a connection', role: 'queue', unit: '' },
  {
    metric: 'tomcat_threads_busy_threads',
    over: 'tomcat_threads_config_max_threads',
    times: 100,
    name: 'request threads busy',
    role: 'pool',
    unit: '%',
    limit: 95,
  },
  {
    metric: 'hrlink_database_connections_busy',
    over: 'hrlink_database_connections_max',
    times: 100,
    name: 'connection pool busy',
    role: 'pool',
    unit: '%',
    limit: 95,
  },
  { metric: 'hrlink_database_connections_waiting', name: 'waiting for a connection', role: 'queue', unit: '' },
  { metric: 'hrlink_work_open', by: 'kind', name: 'work in progress', role: 'queue', unit: '' },
  {
    metric: 'hrlink_conversion_worker_utilization',
    times: 100,
    name: 'conversion worker busy',
    role: 'cpu',
    unit: '%',
    limit: 90,
  },
  { metric: 'nodejs_eventloop_lag_p99_seconds', times: 1000, name: 'event loop lag p99', role: 'other', unit: 'ms' },
];
