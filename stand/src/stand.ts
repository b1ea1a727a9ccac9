import { join } from 'node:path';
import { ChildService } from './child-service.js';
import { COMPONENTS, type Address, type Addresses, type Component } from './components.js';
import { hasOwnCollector, inheritedEnvironment, stateEnvironment, type StandConfig } from './config.js';
import { freePort } from './free-port.js';
import { registerEsiaClient } from './registration.js';
import { portsOf, tracesTo, wiringOf } from './wiring.js';

const HOST = '127.0.0.1';

/** What the stand tells whoever runs it. */
export interface StandListener {
  /** A line of a service's output. */
  readonly onLine: (service: string, line: string) => void;
  /** A service ended unasked; the stand is of no use any more. */
  readonly onCrash: (reason: string) => void;
}

/** All services on one machine, as child processes. */
export class Stand {
  private constructor(
    readonly addresses: Addresses,
    private readonly children: readonly ChildService[],
    /** `host:port` the services send their spans to; a load run listens there. */
    readonly traces: string | undefined,
  ) {}

  /** Starts every service, its state in `stateFolder` unless the settings say otherwise, and wires them together; on a failure those already started are stopped. @throws Error naming the service */
  static async start(config: StandConfig, stateFolder: string, listener: StandListener): Promise<Stand> {
    const places = await Promise.all(COMPONENTS.map((component) => placeOf(component, config)));
    const addresses = Object.fromEntries(
      places.map(({ component, address }) => [component.name, address]),
    ) as Addresses;
    const traces = await tracesAt(config);
    const shared = {
      ...inheritedEnvironment(),
      ...stateEnvironment(config, stateFolder),
      ...wiringOf(addresses, config),
      ...tracesTo(traces),
    };
    const started = await Promise.allSettled(
      places.map(({ component, ports }) =>
        ChildService.start({
          name: component.name,
          entry: join('dist', 'services', component.name, 'src', 'main.js'),
          environment: { ...shared, ...ports },
          onLine: (line) => listener.onLine(component.name, line),
          onCrash: listener.onCrash,
        }),
      ),
    );
    const children = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const stand = new Stand(addresses, children, traces);
    const failed = started.find((result) => result.status === 'rejected');
    try {
      if (failed !== undefined) throw failed.reason as Error;
      await registerEsiaClient(addresses, config.adminToken);
    } catch (failure) {
      await stand.stop();
      throw failure;
    }
    return stand;
  }

  /** Process ids of the services. */
  get pids(): readonly number[] {
    return this.children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Stops every service and resolves when all are gone. */
  async stop(): Promise<void> {
    await Promise.all([...this.children].reverse().map((child) => child.stop()));
  }
}

async function tracesAt({ otlpPort, ports }: StandConfig): Promise<string | undefined> {
  if (otlpPort === 0 || hasOwnCollector()) return undefined;
  return `${HOST}:${await freePort(ports === 'free' ? 0 : otlpPort, HOST)}`;
}

interface Place {
  readonly component: Component;
  readonly address: Address;
  readonly ports: NodeJS.ProcessEnv;
}

async function placeOf(component: Component, config: StandConfig): Promise<Place> {
  const wanted = config.ports === 'free' ? { port: 0, adminPort: 0 } : component;
  const port = await freePort(wanted.port, HOST);
  const adminPort = await freePort(wanted.adminPort, HOST);
  return {
    component,
    address: { protocolUrl: `http://${HOST}:${port}`, adminUrl: `http://${HOST}:${adminPort}` },
    ports: portsOf(component, port, adminPort),
  };
}
