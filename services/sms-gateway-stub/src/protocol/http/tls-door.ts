import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, CONFIG, Logger, readTlsFiles, TlsListener } from '@poligon/emulator-kit';
import { makeTlsIdentity, type TlsIdentity } from '@poligon/pki';
import type { FastifyInstance } from 'fastify';
import type { SmsConfig } from '../../config.js';
import { PROVIDER_HOSTS } from './provider-hosts.js';

/** The HTTP dialects over TLS: clients that force https, or a provider's host, come here (section 5). */
@Injectable()
export class TlsDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private listener: TlsListener | undefined;
  private made: TlsIdentity | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {}

  /** Port now open, undefined when there is none. */
  get port(): number | undefined {
    return this.listener?.port;
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
    this.listener = await TlsListener.open(fastify, { host, port: tlsPort, identity: this.identity() });
    this.logger.info('tls.ready', { host, port: this.port });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener?.close(this.clock, this.config.drainTimeoutMs);
  }

  private identity(): { readonly key: string; readonly cert: string } {
    const files = readTlsFiles('SMS_TLS', this.config.tlsCertificate, this.config.tlsKey);
    if (files !== undefined) return files;
    this.made = makeTlsIdentity(Object.values(PROVIDER_HOSTS).flat(), this.clock.nowMs(), 'SMS gateway emulator');
    return { cert: this.made.certificate, key: this.made.key };
  }
}
