import { Injectable } from '@nestjs/common';
import { ExchangeMetrics } from '@poligon/emulator-kit';
import { Gauge } from 'prom-client';
import { CallbackSender } from '../flow/callback-sender.js';
import { SmppReceipts } from '../protocol/smpp/smpp-receipts.js';
import { SmppSessions } from '../protocol/smpp/smpp-sessions.js';
import { TimingWheel } from '../schedule/timing-wheel.js';
import { Inbox } from '../state/inbox.js';

/** What `/metrics` tells of the gateway beside its exchanges; read when it is scraped, so that nothing is counted twice. */
@Injectable()
export class SmsMetrics {
  constructor(
    private readonly metrics: ExchangeMetrics,
    inbox: Inbox,
    wheel: TimingWheel,
    sessions: SmppSessions,
    receipts: SmppReceipts,
    callbacks: CallbackSender,
  ) {
    this.gauge('poligon_sms_inbox_texts', 'texts on handsets', () => inbox.size);
    this.gauge('poligon_sms_inbox_received', 'texts received since the start', () => inbox.last);
    this.gauge('poligon_sms_inbox_readers', 'readers that wait for a text', () => inbox.waiting);
    this.gauge('poligon_sms_pending', 'deliveries, reports and retries that wait for their time', () => wheel.size);
    this.gauge('poligon_sms_callbacks_waiting', 'callbacks not yet taken', () => total(callbacks.all, 'waiting'));
    this.gauge('poligon_smpp_sessions', 'open SMPP connections', () => sessions.open.size);
    const outboxes = () => [...receipts.all.values()];
    this.gauge('poligon_smpp_receipts_waiting', 'deliver_sm not yet sent', () => total(outboxes(), 'waiting'));
    this.gauge('poligon_smpp_receipts_delivered', 'deliver_sm taken by ESMEs', () => total(outboxes(), 'delivered'));
    this.gauge('poligon_smpp_receipts_dropped', 'deliver_sm given up', () => total(outboxes(), 'dropped'));
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.metrics.registry],
      collect() {
        this.set(read());
      },
    });
  }
}

function total<K extends string>(parts: readonly Readonly<Record<K, number>>[], field: K): number {
  return parts.reduce((sum, part) => sum + part[field], 0);
}
