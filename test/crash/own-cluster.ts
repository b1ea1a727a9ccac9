import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const initdb = globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1);

/** Why a cluster of its own cannot be made here; undefined when it can. */
export const noCluster = initdb === undefined ? 'PostgreSQL is not installed under /usr/lib/postgresql' : undefined;

/** A PostgreSQL server that a test may stop and start. */
export class OwnCluster {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  get url(): string {
    return `postgresql://postgres@127.0.0.1:${this.port}/postgres`;
  }

  static async create(): Promise<OwnCluster> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const cluster = new OwnCluster(mkdtempSync(join(tmpdir(), 'poligon-cluster-')), port);
    if (isRoot()) {
      // The server refuses to run as root.
      const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString());
      chownSync(cluster.folder, id('-u'), id('-g'));
    }
    chmodSync(cluster.folder, 0o700);
    cluster.tool('initdb', '-D', join(cluster.folder, 'data'), '-U', 'postgres', '-A', 'trust', '--no-sync');
    cluster.start();
    return cluster;
  }

  start(): void {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.folder}`;
    this.tool(
      'pg_ctl',
      '-D',
      join(this.folder, 'data'),
      '-w',
      '-t',
      '120',
      '-l',
      join(this.folder, 'log'),
      '-o',
      options,
      'start',
    );
  }

  /** Cuts every connection, as a crash does. */
  stop(): void {
    this.tool('pg_ctl', '-D', join(this.folder, 'data'), '-m', 'immediate', '-w', 'stop');
  }

  drop(): void {
    if (existsSync(join(this.folder, 'data', 'postmaster.pid'))) this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private tool(name: string, ...args: readonly string[]): void {
    const path = join(dirname(initdb!), name);
    const command = isRoot() ? ['runuser', '-u', 'postgres', '--', path, ...args] : [path, ...args];
    const run = spawnSync(command[0]!, command.slice(1), { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    if (run.status !== 0) throw new Error(`${name} ended with ${run.status}: ${run.stderr.toString()}`);
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
