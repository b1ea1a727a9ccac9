import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Agent, request } from 'undici';
import { Balancer } from './balancer.js';
import { OwnDatabase } from './own-database.js';
import { freePorts, Replica, until } from './replica.js';
import { SteadyLoad } from './steady-load.js';

const { TEST_DATABASE_URL: server, TEST_KAFKA_BROKERS: brokers } = process.env;
const missing = server === undefined ? 'TEST_DATABASE_URL' : brokers === undefined ? 'TEST_KAFKA_BROKERS' : undefined;
const skipped = missing === undefined ? '' : ` [skipped: ${missing} names nothing]`;

const PER_S = 100;
const LINGER_MS = 1500;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Pdu {
  readonly command: string;
  readonly command_status: number;
  response(): Pdu;
}
interface Session {
  bind_transceiver(options: object, done: (pdu: Pdu) => void): void;
  submit_sm(options: object, done: (pdu: Pdu) => void): void;
  on(event: string, listener: (pdu: Pdu) => void): void;
  send(pdu: Pdu): void;
  close(): void;
}
const smpp = createRequire(import.meta.url)('smpp') as { connect(options: object): Session };

/** An ESME as its vendor writes it: asked to unbind, it waits for what is outstanding, leaves and binds anew. */
class Esme {
  acknowledged = 0;
  binds = 0;
  readonly failures: string[] = [];
  private session: Session | undefined;
  private outstanding = 0;
  private isLeaving = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly port: number) {}

  async start(perS: number): Promise<void> {
    await this.bind();
    this.timer = setInterval(() => this.submit(), 1000 / perS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await until(() => this.outstanding === 0, 10_000);
    this.session?.close();
  }

  private async bind(): Promise<void> {
    const session = smpp.connect({ url: `smpp://127.0.0.1:${this.port}` });
    session.on('error', (failure) => this.failures.push((failure as unknown as Error).message));
    session.on('unbind', (pdu) => void this.leave(session, pdu));
    await new Promise<void>((resolve, reject) => {
      session.on('connect', () => {
        session.bind_transceiver({ system_id: 'poligon', password: 'poligon' }, ({ command_status: status }) =>
          status === 0 ? resolve() : reject(new Error(`bind: ${status}`)),
        );
      });
    });
    this.binds += 1;
    this.isLeaving = false;
    this.session = session;
  }

  private async leave(session: Session, pdu: Pdu): Promise<void> {
    this.isLeaving = true;
    await until(() => this.outstanding === 0, 10_000);
    session.send(pdu.response());
    await this.bind();
  }

  private submit(): void {
    if (this.isLeaving || this.session === undefined) return;
    this.outstanding += 1;
    const message = { source_addr: 'HR', destination_addr: '79430000001', short_message: `Text ${randomUUID()}` };
    this.session.submit_sm(message, ({ command_status: status }) => {
      this.outstanding -= 1;
      if (status === 0) this.acknowledged += 1;
      else this.failures.push(`submit_sm: ${status}`);
    });
  }
}

/** Long-polls one after another, as the load module's virtual employees do. */
class Reader {
  polls = 0;
  readonly failures: string[] = [];
  private isStopped = false;
  private readonly done: Promise<void>;
  private readonly dispatcher = new Agent({ connections: 5 });

  constructor(private readonly url: string) {
    this.done = this.read();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.done;
    await this.dispatcher.close();
  }

  private async read(): Promise<void> {
    while (!this.isStopped) {
      try {
        const path = '/__admin/inbox/wait?phone=79439999999&timeoutMs=3000';
        const { statusCode, body } = await request(`${this.url}${path}`, { dispatcher: this.dispatcher });
        await body.dump();
        if (statusCode !== 204) this.failures.push(String(statusCode));
      } catch (failure) {
        this.failures.push(String(failure));
      }
      this.polls += 1;
    }
  }
}

(missing === undefined ? describe : describe.skip)(`a rolling restart under load${skipped}`, () => {
  let database: OwnDatabase;
  let replicas: Replica[] = [];
  const balancers: Balancer[] = [];

  const start = () =>
    Replica.start('sms-gateway-stub', {
      ...freePorts('SMS'),
      SMS_SMPP_PORT: '0',
      SMS_LATENCY_PROFILE: 'none',
      SMS_DRAIN_LINGER_MS: String(LINGER_MS),
      LOG_LEVEL: 'info',
      DATABASE_URL: database.url,
      DB_MIGRATE_AT_START: 'true',
      KAFKA_BROKERS: brokers!,
      KAFKA_TOPIC_PREFIX: `test-${process.pid}`,
    });
  const smppUrl = (replica: Replica) => {
    const [, port] = /"ports":\[(\d+)/.exec(replica.log) ?? [];
    return `smpp://127.0.0.1:${port}`;
  };
  const route = () => {
    const [http, admin, smppPort] = balancers;
    http!.use(replicas.map(({ protocolUrl }) => protocolUrl));
    admin!.use(replicas.map(({ adminUrl }) => adminUrl));
    smppPort!.use(replicas.map(smppUrl));
  };

  beforeAll(async () => {
    database = await OwnDatabase.create(server!);
    replicas = [await start(), await start()];
    for (const door of [(r: Replica) => r.protocolUrl, (r: Replica) => r.adminUrl, smppUrl])
      balancers.push(await Balancer.open(replicas.map(door)));
  }, 180_000);
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await Promise.all(balancers.map((balancer) => balancer.close()));
    await database.drop();
  }, 60_000);

  it('replaces every replica and fails no call', async () => {
    const [http, admin, smppPort] = balancers;
    const path = (number: number) =>
      `/sys/send.php?login=poligon&psw=poligon&fmt=3&phones=7943${String(number).padStart(7, '0')}&mes=Code:${number}`;
    const load = new SteadyLoad(http!.url, { path, perS: PER_S });
    const esme = new Esme(smppPort!.port);
    await esme.start(50);
    const readers = [1, 2, 3].map(() => new Reader(admin!.url));
    await wait(2000);
    const stops: (number | null)[] = [];
    for (const old of [...replicas]) {
      // As a Deployment does: the new pod is ready, then the old one leaves the Service and is told to stop at the same time.
      const fresh = await start();
      replicas = [...replicas, fresh];
      route();
      await wait(500);
      const ended = once(old.child, 'exit');
      old.child.kill('SIGTERM');
      await wait(300);
      replicas = replicas.filter((replica) => replica !== old);
      route();
      const [code] = (await ended) as [number | null];
      stops.push(code);
    }
    await wait(1000);
    await esme.stop();
    await Promise.all(readers.map((reader) => reader.stop()));
    const { calls, failures, p99Ms } = await load.stop();
    process.stdout.write(
      `  2 of 2 replicas replaced: ${calls} HTTP calls, ${failures.length} failed, p99 ${p99Ms.toFixed(0)} ms; ` +
        `${esme.acknowledged} SMPP submits, ${esme.failures.length} failed, ${esme.binds} binds; ` +
        `${readers.reduce((sum, { polls }) => sum + polls, 0)} long-polls, ` +
        `${readers.reduce((sum, reader) => sum + reader.failures.length, 0)} failed\n`,
    );
    expect(failures).toEqual([]);
    expect(esme.failures).toEqual([]);
    expect(readers.flatMap((reader) => reader.failures)).toEqual([]);
    expect([calls > 500, esme.acknowledged > 100, esme.binds >= 2]).toEqual([true, true, true]);
    expect(stops).toEqual([0, 0]);
  }, 240_000);
});
