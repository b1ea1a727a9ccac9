import { Injectable } from '@nestjs/common';
import { ExchangeMetrics } from '@poligon/emulator-kit';
import { Counter, Gauge } from 'prom-client';
import { SignatureTimes } from '../protocol/calls/signature-times.js';
import { ClientStore } from '../state/client.store.js';
import { CodeStore } from '../state/code.store.js';
import { PendingLoginStore } from '../state/pending-login.store.js';
import { RefreshTokenStore } from '../state/refresh-token.store.js';
import { RevocationStore } from '../state/revocation.store.js';
import { SessionStore } from '../state/session.store.js';

/** What `/metrics` tells of ESIA beside its exchanges; read when it is scraped. */
@Injectable()
export class EsiaMetrics {
  constructor(
    private readonly metrics: ExchangeMetrics,
    times: SignatureTimes,
    sessions: SessionStore,
    pendings: PendingLoginStore,
    codes: CodeStore,
    refreshTokens: RefreshTokenStore,
    revocations: RevocationStore,
    clients: ClientStore,
  ) {
    this.gauge('poligon_esia_sessions', 'SSO sessions kept', () => sessions.count());
    this.gauge('poligon_esia_pending_logins', 'authorization requests whose user is at a page', () => pendings.count());
    this.gauge('poligon_esia_codes', 'authorization codes kept, used ones too', () => codes.count());
    this.gauge('poligon_esia_refresh_tokens', 'refresh tokens kept', () => refreshTokens.count());
    this.gauge('poligon_esia_revocations', 'marks that end tokens before their time', () => revocations.count());
    this.gauge('poligon_esia_clients', 'registered information systems', async () => (await clients.list()).length);
    this.counter('poligon_esia_signature_checks_total', 'signatures of requests verified', () => times.count);
    this.counter('poligon_esia_signature_check_seconds_total', 'time spent in them', () => times.totalMs / 1000);
  }

  private gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.metrics.registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  private counter(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.metrics.registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}
