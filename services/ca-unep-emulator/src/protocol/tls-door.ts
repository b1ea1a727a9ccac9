import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, CONFIG, Logger, readSettingFile, readTlsFiles, TlsListener } from '@poligon/emulator-kit';
import { makeTlsIdentity, pem, type TlsIdentity } from '@poligon/pki';
import type { FastifyInstance } from 'fastify';
import type { CaConfig } from '../config.js';
import { CertificationAuthority } from '../flow/certification-authority.js';

/**
 * All protocols over TLS, for clients with certificates: УЦ 2.0 and operators of DSS prove who they are so, and Астрал may (sections 2.1, 2.4, 2.5).
 * A client without a certificate is let in; each door decides what that is worth.
 */
@Injectable()
export class TlsDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private listener: TlsListener | undefined;
  private made: TlsIdentity | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly authority: CertificationAuthority,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {}

  /** Port now open, undefined when there is none. */
  get port(): number | undefined {
    return this.listener?.port;
  }

  /** PEM of the authority of the server's certificate, undefined when that came from a file. */
  get authorityPem(): string | undefined {
    return this.made?.authority;
  }

  /** @throws SettingsError when the port cannot be opened or a file cannot be read */
  async onApplicationBootstrap(): Promise<void> {
    const { isTlsEnabled, tlsPort: port, host } = this.config;
    if (!isTlsEnabled) return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const checks = { requestCert: true, rejectUnauthorized: false, ca: this.trusted() };
    this.listener = await TlsListener.open(fastify, { host, port, identity: { ...this.identity(), ...checks } });
    this.logger.info('tls.ready', { host, port: this.port });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener?.close(this.clock, this.config.drainTimeoutMs);
  }

  /** Whose clients are believed: those of the bundle, or of this authority itself. */
  private trusted(): string[] {
    const { tlsClientAuthorities } = this.config;
    if (tlsClientAuthorities !== undefined) return [readSettingFile('CA_TLS_CLIENT_CA_FILE', tlsClientAuthorities)];
    const { trusted, intermediates } = this.authority.anchors;
    return [...trusted, ...intermediates].map((der) => pem(der, 'CERTIFICATE'));
  }

  private identity(): { readonly key: string; readonly cert: string } {
    const files = readTlsFiles('CA_TLS', this.config.tlsCertificate, this.config.tlsKey);
    if (files !== undefined) return files;
    this.made = makeTlsIdentity([this.config.host], this.clock.nowMs(), 'Certification authority emulator');
    return { cert: this.made.certificate, key: this.made.key };
  }
}
