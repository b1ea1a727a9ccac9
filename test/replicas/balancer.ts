import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A plain TCP balancer: each new connection goes to the next backend. */
export class Balancer {
  private readonly sockets = new Set<Socket>();
  private next = 0;

  private constructor(
    private readonly server: Server,
    private backends: readonly URL[],
  ) {}

  /** @param urls base addresses of the backends; the balancer speaks no protocol, only their hosts and ports count */
  static async open(urls: readonly string[]): Promise<Balancer> {
    const server = createServer();
    const balancer = new Balancer(
      server,
      urls.map((url) => new URL(url)),
    );
    server.on('connection', (socket) => balancer.join(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** New connections go to these from now on; open ones stay where they are. */
  use(urls: readonly string[]): void {
    this.backends = urls.map((url) => new URL(url));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const { hostname, port } = this.backends[(this.next += 1) % this.backends.length]!;
    const backend = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, backend],
      [backend, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.once('error', () => to.destroy());
      from.once('close', () => {
        this.sockets.delete(from);
        to.destroySoon();
      });
    }
  }
}
