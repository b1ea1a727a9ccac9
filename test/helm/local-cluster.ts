import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { ROOT } from '../stand-process.js';
import { ofKind, podOf, type Env, type Manifest } from './chart.js';

const READY_LIMIT_MS = 120_000;
const NAMESPACE = 'stand';

interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Env[];
  readonly readinessProbe?: { readonly httpGet: { readonly path: string; readonly port: string } };
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
}

/** What stands in for the parts of a cluster that are not the project's own. */
export interface Outside {
  /** Connection URL that takes the place of the chart's own server. */
  readonly databaseUrl: string;
  /** host:port that takes the place of the chart's own broker. */
  readonly brokers: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Runs rendered manifests as local processes: the containers' commands, arguments and environment as they stand, with only names and ports
 * of Services replaced, as DNS and the network of a cluster would.
 */
export class LocalCluster {
  private readonly processes: { readonly name: string; readonly child: ChildProcess; output: string }[] = [];
  /** Rendered `host:port` of every Service port, and the local port behind it. */
  private readonly ports = new Map<string, number>();

  private constructor(
    private readonly manifests: readonly Manifest[],
    private readonly outside: Outside,
  ) {}

  /** Gives every Service port a local one; nothing runs yet. */
  static async of(manifests: readonly Manifest[], outside: Outside): Promise<LocalCluster> {
    const cluster = new LocalCluster(manifests, outside);
    for (const { metadata, spec } of ofKind(manifests, 'Service'))
      for (const { port } of spec.ports as { port: number }[])
        cluster.ports.set(`${metadata.name}.${NAMESPACE}.svc:${port}`, await freePort());
    return cluster;
  }

  /** Starts every Deployment of the chart and resolves when all are ready by their own probes. */
  async startDeployments(): Promise<void> {
    const deployments = ofKind(this.manifests, 'Deployment');
    await Promise.all(
      deployments.map(async (deployment) => {
        const container = podOf(deployment).containers[0] as Container;
        const started = this.start(container, deployment.metadata.name);
        const { path, port } = container.readinessProbe!.httpGet;
        const number = container.ports!.find(({ name }) => name === port)!.containerPort;
        const local = this.ports.get(`${deployment.metadata.name}.${NAMESPACE}.svc:${number}`);
        await this.untilReady(`http://127.0.0.1:${local}${path}`, started);
      }),
    );
  }

  /** Runs the only container of a Job or Pod to its end; the text `from` in its arguments is replaced. */
  async runToEnd(
    manifest: Manifest,
    replace: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; output: string }> {
    const started = this.start(podOf(manifest).containers[0] as Container, undefined, replace);
    const code = await new Promise<number>((resolve) => started.child.once('exit', (status) => resolve(status ?? -1)));
    return { code, output: started.output };
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.processes.map(
        ({ child }) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            child.once('exit', () => resolve());
            child.kill('SIGTERM');
          }),
      ),
    );
  }

  private start(container: Container, service?: string, replace: Readonly<Record<string, string>> = {}) {
    const words = [...(container.command ?? []), ...(container.args ?? [])].map((word) =>
      this.local(replace[word] ?? word),
    );
    const env = this.environmentOf(container, service);
    const child = spawn(process.execPath, words.slice(1), { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = { name: container.name, child, output: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (started.output = (started.output + String(chunk)).slice(-20_000)));
    this.processes.push(started);
    return started;
  }

  /** As the kubelet does: Secrets read, `$(NAME)` expanded by what stands before. */
  private environmentOf({ env = [] }: Container, service?: string): Record<string, string> {
    const known: Record<string, string> = {};
    for (const { name, value = '', valueFrom } of env) {
      const raw = valueFrom === undefined ? value : this.secret(valueFrom.secretKeyRef);
      const expanded = raw.replace(/\$\((\w+)\)/g, (text, other: string) => known[other] ?? text);
      known[name] = this.localVariable(name, expanded, service);
    }
    return { ...known, PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  }

  private localVariable(name: string, value: string, service?: string): string {
    if (name === 'DATABASE_URL') return this.outside.databaseUrl;
    if (name === 'KAFKA_BROKERS') return this.outside.brokers;
    // The containers' own ports; in a cluster every pod has an address of its own.
    const own = service === undefined ? undefined : this.ports.get(`${service}.${NAMESPACE}.svc:${value}`);
    return name.endsWith('_PORT') && own !== undefined ? String(own) : this.local(value);
  }

  private secret({ name, key }: { readonly name: string; readonly key: string }): string {
    const data = ofKind(this.manifests, 'Secret').find(({ metadata }) => metadata.name === name)?.data[key];
    if (data === undefined) throw new Error(`there is no key ${key} in a Secret ${name}`);
    return Buffer.from(data, 'base64').toString();
  }

  private local(text: string): string {
    return text.replace(/[a-z0-9-]+\.stand\.svc:\d+/g, (address) => {
      const port = this.ports.get(address);
      if (port === undefined) throw new Error(`no Service answers at ${address}`);
      return `127.0.0.1:${port}`;
    });
  }

  private async untilReady(
    url: string,
    { name, child }: { readonly name: string; readonly child: ChildProcess },
  ): Promise<void> {
    const deadlineMs = performance.now() + READY_LIMIT_MS;
    for (;;) {
      const status = await fetch(url).then(
        (reply) => reply.status,
        () => 0,
      );
      if (status === 200) return;
      const started = this.processes.find((candidate) => candidate.child === child);
      if (child.exitCode !== null || performance.now() > deadlineMs)
        throw new Error(`${name} is not ready at ${url} (${status}):\n${started?.output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
