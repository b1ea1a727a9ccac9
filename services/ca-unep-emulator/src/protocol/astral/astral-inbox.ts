import { Injectable } from '@nestjs/common';
import type { Exchange } from '@poligon/emulator-kit';
import { Refusal } from '../../domain/refusal.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { SigningDesk } from '../../flow/signing-desk.js';
import { DEFAULT_TENANT } from '../../flow/tenants.js';
import { EventStore } from '../../state/event.store.js';
import { answered, hintsOf } from '../answered.js';
import { AstralOutbox } from './astral-outbox.js';
import { isEventType, type AstralEventType } from './astral-facts.js';
import {
  readAccept,
  readCancel,
  readEnvelope,
  readRevoke,
  readSign,
  type AstralEnvelope,
} from './order-events.codec.js';
import { readRegRequest } from './reg-request.codec.js';

const PROFILE = 'astral';
const DEFAULT_REVOCATION_REASON = 'unspecified';

/** A result that overtakes the answer is waited for no longer than this. */
const EARLY_LIMIT_MS = 30_000;
const isEarly = (exchange: Exchange): boolean => exchange.hinted('callback-before-reply') === true;

type Handler = (event: AstralEnvelope, exchange: Exchange) => Promise<void>;

/** Takes in events of HRlink: each is served once, however often it comes, and answered the same every time. */
@Injectable()
export class AstralInbox {
  /** Events being served now, so that a repeat that comes meanwhile shares their outcome. */
  private readonly underWay = new Map<string, Promise<void>>();

  private readonly handlers: Readonly<Record<AstralEventType, Handler>> = {
    USIG_REG_REQUEST: (event, exchange) => this.register(event, exchange),
    USIG_CERT_ACCEPT: ({ data }) => this.orders.acceptCertificate(readAccept(data).requestEventId, PROFILE),
    USIG_SIGN_REQUEST: (event, exchange) => this.sign(event, exchange),
    USIG_REVOKE_REQUEST: ({ data }) => this.revoke(data),
    USIG_CANCEL: ({ data }) => this.cancel(data),
  };

  constructor(
    private readonly events: EventStore,
    private readonly orders: IssueOrders,
    private readonly signing: SigningDesk,
    private readonly outbox: AstralOutbox,
  ) {}

  /** Serves one event. @throws Refusal; a refused event may be sent again under its id */
  async receive(body: unknown, exchange: Exchange): Promise<{ status: '200'; eventId: string }> {
    const event = readEnvelope(body);
    const { type } = event;
    if (!isEventType(type)) throw new Refusal('bad_request', `event.type: неизвестный тип ${type}`);
    await this.once(event.id, () => this.handlers[type](event, exchange));
    return { status: '200', eventId: event.id };
  }

  private async once(eventId: string, serve: () => Promise<void>): Promise<void> {
    const current = this.underWay.get(eventId);
    if (current !== undefined) return current;
    const served = this.serveUnlessServed(eventId, serve).finally(() => this.underWay.delete(eventId));
    this.underWay.set(eventId, served);
    return served;
  }

  private async serveUnlessServed(eventId: string, serve: () => Promise<void>): Promise<void> {
    if (await this.events.wasServed(eventId)) return;
    await serve();
    await this.events.markServed(eventId);
  }

  private async register({ id, data }: AstralEnvelope, exchange: Exchange): Promise<void> {
    const application = { id, profile: PROFILE, tenant: DEFAULT_TENANT, hints: hintsOf(exchange) } as const;
    await this.orders.apply({ ...application, applicant: readRegRequest(data) }, 'ACCEPTED');
    if (!isEarly(exchange)) return exchange.onEnd(() => this.orders.begin(id));
    this.orders.begin(id);
    await this.outbox.whenTold(id, EARLY_LIMIT_MS);
  }

  private async sign({ id, data }: AstralEnvelope, exchange: Exchange): Promise<void> {
    const order = { id, profile: PROFILE, tenant: DEFAULT_TENANT, hints: hintsOf(exchange) } as const;
    if (!isEarly(exchange)) {
      await this.signing.order({ ...order, ...readSign(data) }, answered(exchange));
      return;
    }
    const told = this.outbox.whenTold(id, EARLY_LIMIT_MS);
    await this.signing.order({ ...order, ...readSign(data) }, Promise.resolve());
    await told;
  }

  private revoke(data: unknown): Promise<void> {
    const { certificateId, reason } = readRevoke(data);
    return this.orders.revoke(certificateId, PROFILE, reason ?? DEFAULT_REVOCATION_REASON);
  }

  private cancel(data: unknown): Promise<void> {
    const { requestEventId, reason } = readCancel(data);
    return this.orders.cancel(requestEventId, PROFILE, reason);
  }
}
