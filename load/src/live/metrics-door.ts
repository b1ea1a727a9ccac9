import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Registry } from 'prom-client';
import type { Clock } from '../engine/clock.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { liveMetrics } from './live-metrics.js';
import { LiveRun } from './live-run.js';

/** Of the collector's own interval: long enough for one whole question after the load. */
const LINGER_INTERVALS = 2.5;
const LEAST_LINGER_MS = 2500;
const MOST_LINGER_MS = 60_000;

/** Where the metrics are served. */
export interface DoorAddress {
  readonly host: string;
  readonly port: number;
}

/** `GET /metrics` of the load module while a run lasts. Nothing else is served and nothing can be changed through it. */
export class MetricsDoor {
  private registry: Registry | undefined;
  private askedAtMs: number | undefined;
  /** Shortest time between two questions. */
  private intervalMs = MOST_LINGER_MS / LINGER_INTERVALS;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request.method ?? '', request.url ?? '').then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      });
    });
  }

  /** Opens the door; port 0 picks a free one. Throws ConfigError when the port cannot be had. */
  static async open({ host, port }: DoorAddress): Promise<MetricsDoor> {
    const door = new MetricsDoor();
    door.server.listen(port, host);
    try {
      await once(door.server, 'listening');
    } catch (error) {
      throw new ConfigError(`metrics ${host}:${port}: ${(error as Error).message}`, { cause: error });
    }
    door.server.unref();
    return door;
  }

  /** Serves the metrics of a run from now on. */
  follow(live: LiveRun, clock: Clock): void {
    this.show(liveMetrics(live, () => clock.now()));
  }

  /** What is served from now on. */
  show(registry: Registry): void {
    this.registry = registry;
  }

  get url(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address.includes(':') ? `[${address}]` : address}:${port}/metrics`;
  }

  /**
   * Stays open for one more question of a collector that has been asking: the last verdict comes when the load is over, and would never be
   * seen otherwise. An answer given now proves nothing, it may be to a question that was given up while the reports were written.
   */
  async linger(clock: Clock, signal: AbortSignal): Promise<void> {
    if (this.askedAtMs === undefined || signal.aborted) return;
    const wantedMs = this.intervalMs * LINGER_INTERVALS;
    await clock.sleep(Math.min(Math.max(wantedMs, LEAST_LINGER_MS), MOST_LINGER_MS), signal);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(method: string, url: string): Promise<{ status: number; type: string; body: string }> {
    const plain = 'text/plain; charset=utf-8';
    if (url.split('?')[0] !== '/metrics') return { status: 404, type: plain, body: 'only /metrics is here\n' };
    if (method !== 'GET') return { status: 405, type: plain, body: 'only GET\n' };
    if (this.registry === undefined) return { status: 200, type: plain, body: '' };
    const askedAtMs = performance.now();
    if (this.askedAtMs !== undefined) this.intervalMs = Math.min(this.intervalMs, askedAtMs - this.askedAtMs);
    this.askedAtMs = askedAtMs;
    return { status: 200, type: this.registry.contentType, body: await this.registry.metrics() };
  }
}
