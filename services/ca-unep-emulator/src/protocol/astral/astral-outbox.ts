import { Injectable } from '@nestjs/common';
import { Clock, Ids, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { FaultHints } from '../../domain/fault-hints.js';
import { Refusal } from '../../domain/refusal.js';
import type { ResultEvent } from '../../domain/result-event.js';
import { CallbackCourier, type Callback } from '../../flow/callback-courier.js';
import { Tenants } from '../../flow/tenants.js';
import { BoundedMap } from '../../state/bounded-map.js';
import { EventStore } from '../../state/event.store.js';
import { callbackBody, type ResultContent } from './result-event.codec.js';

/** Requests whose statuses are held back, or whose result somebody waits for. */
const MAX_WATCHED = 10_000;

/** Result events of the Астрал profile: kept for polling, and posted to tenants that have a callback address. */
@Injectable()
@ResetOnAdmin()
export class AstralOutbox implements Resettable {
  /** Statuses that a fault has follow the result of their request. */
  private readonly heldBack = new BoundedMap<Callback[]>(MAX_WATCHED);
  /** Whom to tell that the result of a request was posted. */
  private readonly awaited = new BoundedMap<() => void>(MAX_WATCHED, (tell) => tell());

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
    if (url === undefined || isLost) return this.tell(event);
    this.send({ event, url, body: callbackBody(event) }, hints);
  }

  /** Resolves when the result of a request, good or bad, was posted or can be polled; after `limitMs` in any case. */
  async whenTold(requestId: string, limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.clock.after(limitMs, resolve);
      this.awaited.add(requestId, () => {
        cancel();
        resolve();
      });
    });
    this.awaited.delete(requestId);
  }

  /** Goes on with a delivery; nothing when the tenant polls by now. */
  deliverAgain(event: ResultEvent): void {
    const url = this.tenants.callbackUrl(event.tenant);
    const { tries } = event.delivery;
    if (url !== undefined) void this.courier.post({ event, url, body: callbackBody(event) }, tries);
  }

  /** Posts a kept event again, under its own id. @throws Refusal `not_found`, `wrong_state` without an address */
  async redeliver(eventId: string): Promise<void> {
    const event = await this.events.find(eventId);
    if (event === undefined) throw new Refusal('not_found', `событие ${eventId} не найдено`);
    const url = this.tenants.callbackUrl(event.tenant);
    if (url === undefined) throw new Refusal('wrong_state', `у арендатора ${event.tenant} нет адреса обратного вызова`);
    void this.courier.post({ event, url, body: callbackBody(event) });
  }

  /** Events after the given one, oldest first. @throws Refusal `not_found` when the tenant has no such event */
  async page(tenant: string, afterId: string | undefined, limit: number): Promise<readonly ResultEvent[]> {
    const found = await this.events.after(tenant, afterId, limit);
    if (found === undefined) throw new Refusal('not_found', `событие ${afterId} не найдено`);
    return found;
  }

  reset(): void {
    this.heldBack.clear();
    this.awaited.clear();
  }

  private send(callback: Callback, hints: FaultHints): void {
    const { event } = callback;
    if (hints['callback-reordered'] === true && !isResult(event)) return this.holdBack(callback);
    const posted = this.courier.post(callback);
    if (hints['callback-duplicate'] === true) void this.courier.post(callback);
    if (!isResult(event)) return;
    void posted.then(() => {
      this.tell(event);
      for (const held of this.heldBack.get(event.requestId) ?? []) void this.courier.post(held);
      this.heldBack.delete(event.requestId);
    });
  }

  private holdBack(callback: Callback): void {
    const { requestId } = callback.event;
    const isFirst = this.heldBack.add(requestId, [callback]);
    if (!isFirst) this.heldBack.change(requestId, (held) => [...held, callback]);
  }

  private tell(event: ResultEvent): void {
    if (isResult(event)) this.awaited.get(event.requestId)?.();
  }
}

/** What a request was made for: a certificate, signatures, or the news that there will be none. */
const isResult = ({ type }: ResultEvent): boolean => type !== 'USIG_REG_STATUS';
