import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_LIMIT_MS = 60_000;
const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false))
      .once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function properties(folder: string, port: number, controllerPort: number): string {
  return `process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}
log.dirs=${join(folder, 'data')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
num.network.threads=2
num.io.threads=2
background.threads=2
`;
}

/** A Kafka broker of a test's own, that may be stopped and started again. */
export class KafkaBroker {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly home: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** @param home folder of the broker's jars, `TEST_KAFKA_HOME` */
  static async create(home: string): Promise<KafkaBroker> {
    const folder = mkdtempSync(join(tmpdir(), 'poligon-kafka-'));
    const port = await freePort();
    writeFileSync(join(folder, 'server.properties'), properties(folder, port, await freePort()));
    const broker = new KafkaBroker(home, folder, port);
    await broker.run('kafka.tools.StorageTool', ['format', '-t', CLUSTER_ID, '--standalone', '-c']);
    await broker.start();
    return broker;
  }

  get brokers(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.child = this.java('kafka.Kafka', []);
    const deadlineMs = performance.now() + START_LIMIT_MS;
    while (!(await isOpen(this.port))) {
      if (performance.now() > deadlineMs || this.child.exitCode !== null) throw new Error('the broker does not start');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Ends the broker at once, as a failing machine does. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(main: string, args: readonly string[]): Promise<void> {
    const code = await new Promise((resolve) => this.java(main, args).once('exit', resolve));
    if (code !== 0) throw new Error(`${main} ended with ${String(code)}`);
  }

  private java(main: string, args: readonly string[]): ChildProcess {
    const options = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(this.home, '*')];
    const config = join(this.folder, 'server.properties');
    return spawn('java', [...options, main, ...args, config], { stdio: 'ignore' });
  }
}
