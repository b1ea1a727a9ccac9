import { networkInterfaces } from 'node:os';
import type { TraceSettings } from '../run-options.js';

/** Where workers send their spans: the receiver of the run. */
export interface WorkerTraces {
  /** Base address, as in `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  endpoint: string;
  /** Share of operations that are recorded, 0..1. */
  share?: number;
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * What workers are told of the run's receiver; undefined when there is none. A receiver that listens on all addresses is told by the one that
 * is advertised, or by the first address of this machine that others can reach; workers in this process use the loopback.
 */
export function workerTraces(
  endpoint: string | undefined,
  { listen = '', advertise, share }: TraceSettings,
  isRemote: boolean,
  interfaces: Interfaces = networkInterfaces(),
): WorkerTraces | undefined {
  if (endpoint === undefined) return undefined;
  return { endpoint: isRemote ? (advertise ?? reachable(endpoint, listen, interfaces)) : endpoint, share };
}

function reachable(endpoint: string, listen: string, interfaces: Interfaces): string {
  if (!/^(?:0\.0\.0\.0|\[?::\]?):\d+$/.test(listen)) return endpoint;
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const outer = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return outer === undefined ? endpoint : `http://${outer.address}:${new URL(endpoint).port}`;
}
