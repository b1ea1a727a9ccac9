import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@poligon/emulator-kit';
import type { FaultHints } from '../../domain/fault-hints.js';
import { Refusal } from '../../domain/refusal.js';
import type { ResultEvent } from '../../domain/result-event.js';
import { CallbackCourier } from '../../flow/callback-courier.js';
import { Tenants } from '../../flow/tenants.js';
import { EventStore } from '../../state/event.store.js';
import { callbackBody, type ResultContent } from './result-event.codec.js';

/** Result events of the Астрал profile: kept for polling, and posted to tenants that have a callback address. */
@Injectable()
export class AstralOutbox {
  constructor(
    private readonly events: EventStore,
    private readonly courier: CallbackCourier,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Keeps the event and starts its delivery; `requestId` is the event it answers. */
  async publish(tenant: string, requestId: string, content: ResultContent, hints: FaultHints): Promise<void> {
    const url = this.tenants.callbackUrl(tenant);
    const isLost = hints['callback-lost'] === true;
    const state = isLost ? 'LOST' : url === undefined ? 'NONE' : 'PENDING';
    const event: ResultEvent = {
      ...content,
      ...{ id: this.ids.uuid(), tenant, requestId, createdAtMs: this.clock.nowMs() },
      delivery: { state, tries: 0 },
    };
    await this.events.append(event);
    if (url === undefined || isLost) return;
    this.post(event, url);
    if (hints['callback-duplicate'] === true) this.post(event, url);
  }

  /** Posts a kept event again, under its own id. @throws Refusal `not_found`, `wrong_state` without an address */
  async redeliver(eventId: string): Promise<void> {
    const event = await this.events.find(eventId);
    if (event === undefined) throw new Refusal('not_found', `событие ${eventId} не найдено`);
    const url = this.tenants.callbackUrl(event.tenant);
    if (url === undefined) throw new Refusal('wrong_state', `у арендатора ${event.tenant} нет адреса обратного вызова`);
    this.post(event, url);
  }

  /** Events after the given one, oldest first. @throws Refusal `not_found` when the tenant has no such event */
  async page(tenant: string, afterId: string | undefined, limit: number): Promise<readonly ResultEvent[]> {
    const found = await this.events.after(tenant, afterId, limit);
    if (found === undefined) throw new Refusal('not_found', `событие ${afterId} не найдено`);
    return found;
  }

  private post(event: ResultEvent, url: string): void {
    this.courier.post({ event, url, body: callbackBody(event) });
  }
}
