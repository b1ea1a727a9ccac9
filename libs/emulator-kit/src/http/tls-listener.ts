import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { SettingsError } from '../runtime/settings.js';
import type { Clock } from '../runtime/clock.js';

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Where a listener is, and what it shows clients. */
export interface TlsListening {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Key, certificate and, for clients with certificates, what those are checked against. */
  readonly identity: ServerOptions;
}

/** One more way to the routes of a door: the same calls over TLS. */
export class TlsListener {
  private constructor(private readonly server: Server) {}

  /** @throws SettingsError when the port cannot be opened, or key and certificate cannot be used */
  static async open(fastify: FastifyInstance, { host, port, identity }: TlsListening): Promise<TlsListener> {
    const server = serverOf(fastify, identity);
    // A failed handshake concerns one peer only.
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (failure: NodeJS.ErrnoException) =>
        reject(new SettingsError(`cannot listen on ${host}:${port}: ${failure.code ?? failure.message}`)),
      );
      server.listen(port, host, resolve);
    });
    server.on('error', () => undefined);
    return new TlsListener(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Answers what is under way, for so long at most. */
  async close(clock: Clock, drainTimeoutMs: number): Promise<void> {
    const { server } = this;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const cancel = clock.after(drainTimeoutMs, () => server.closeAllConnections());
    await closed;
    cancel();
  }
}

function serverOf(fastify: FastifyInstance, identity: ServerOptions): Server {
  try {
    return createServer({ ...identity, handshakeTimeout: HANDSHAKE_TIMEOUT_MS }, (request, reply) =>
      fastify.routing(request, reply),
    );
  } catch (failure) {
    throw new SettingsError(`key or certificate of the TLS port cannot be used: ${(failure as Error).message}`);
  }
}
