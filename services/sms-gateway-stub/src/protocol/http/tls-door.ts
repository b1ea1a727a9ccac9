import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, CONFIG, Logger, SettingsError } from '@poligon/emulator-kit';
import type { FastifyInstance } from 'fastify';
import type { SmsConfig } from '../../config.js';
import { makeTlsIdentity, type TlsIdentity } from '../../domain/tls-identity.js';
import { PROVIDER_HOSTS } from './provider-hosts.js';

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The HTTP dialects over TLS: clients that force https, or a provider's host, come here (section 5). */
@Injectable()
export class TlsDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: Server | undefined;
  private made: TlsIdentity | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {}

  /** Port now open, undefined when there is none. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  /** PEM of the authority to trust, undefined when the certificate came from a file. */
  get authorityPem(): string | undefined {
    return this.made?.authority;
  }

  /** @throws SettingsError when the port cannot be opened or a file cannot be read */
  async onApplicationBootstrap(): Promise<void> {
    const { isTlsEnabled, tlsPort, host } = this.config;
    if (!isTlsEnabled) return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const options = { ...this.identity(), handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
    const server = createServer(options, (request, reply) => fastify.routing(request, reply));
    // A failed handshake concerns one peer only.
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (failure: NodeJS.ErrnoException) =>
        reject(new SettingsError(`cannot listen on ${host}:${tlsPort}: ${failure.code ?? failure.message}`)),
      );
      server.listen(tlsPort, host, resolve);
    });
    server.on('error', () => undefined);
    this.server = server;
    this.logger.info('tls.ready', { host, port: this.port });
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const cancel = this.clock.after(this.config.drainTimeoutMs, () => server.closeAllConnections());
    await closed;
    cancel();
  }

  private identity(): { readonly key: string; readonly cert: string } {
    const { tlsCertificate, tlsKey } = this.config;
    if (tlsCertificate !== undefined && tlsKey !== undefined) {
      return { cert: readPem('SMS_TLS_CERT_FILE', tlsCertificate), key: readPem('SMS_TLS_KEY_FILE', tlsKey) };
    }
    this.made = makeTlsIdentity(Object.values(PROVIDER_HOSTS).flat(), this.clock.nowMs());
    return { cert: this.made.certificate, key: this.made.key };
  }
}

function readPem(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (failure) {
    throw new SettingsError(`${variable}: ${file}: ${(failure as NodeJS.ErrnoException).code ?? String(failure)}`);
  }
}
