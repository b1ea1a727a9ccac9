import { Injectable } from '@nestjs/common';
import { ExchangeMetrics } from '@poligon/emulator-kit';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { IssueState } from '../domain/issue-request.js';

const ISSUE_BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

/** Counters of the authority beside those of exchanges: accepted work and completed work apart. */
@Injectable()
export class CaMetrics {
  private readonly requests: Counter<'state' | 'reason'>;
  private readonly issueSeconds: Histogram;
  private readonly certificates: Counter<'event'>;
  private readonly signatures: Counter<'outcome'>;
  private readonly callbacks: Counter<'outcome'>;
  private readonly readings = new Map<string, () => number>();

  constructor({ registry }: ExchangeMetrics) {
    const registers = [registry];
    this.requests = new Counter({
      ...{ name: 'ca_issue_requests_total', help: 'issue requests that entered a state', registers },
      labelNames: ['state', 'reason'] as const,
    });
    this.issueSeconds = new Histogram({
      ...{ name: 'ca_issue_duration_seconds', help: 'from application to certificate', registers },
      buckets: ISSUE_BUCKETS_S,
    });
    this.certificates = new Counter({
      ...{ name: 'ca_certificates_total', help: 'certificates issued and revoked', registers },
      labelNames: ['event'] as const,
    });
    this.signatures = new Counter({
      ...{ name: 'ca_signatures_total', help: 'documents signed and failed', registers },
      labelNames: ['outcome'] as const,
    });
    this.callbacks = new Counter({
      ...{ name: 'ca_callbacks_total', help: 'callback tries by outcome', registers },
      labelNames: ['outcome'] as const,
    });
    const readings = this.readings;
    new Gauge({
      ...{ name: 'ca_state', help: 'HSM slots busy, signing queue depth, keys ready', registers },
      labelNames: ['what'] as const,
      collect() {
        for (const [what, read] of readings) this.set({ what }, read());
      },
    });
  }

  requestEntered(state: IssueState, reason = ''): void {
    this.requests.inc({ state, reason });
  }

  certificateIssued(): void {
    this.certificates.inc({ event: 'issued' });
  }

  certificateRevoked(): void {
    this.certificates.inc({ event: 'revoked' });
  }

  issueTook(ms: number): void {
    this.issueSeconds.observe(ms / 1000);
  }

  documentsSigned(outcome: 'done' | 'failed', count: number): void {
    this.signatures.inc({ outcome }, count);
  }

  callbackTried(outcome: 'delivered' | 'failed'): void {
    this.callbacks.inc({ outcome });
  }

  /** Shows a value that is read when metrics are collected. */
  watch(what: string, read: () => number): void {
    this.readings.set(what, read);
  }
}
