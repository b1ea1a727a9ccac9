import type { Delivery, ResultEvent } from '../domain/result-event.js';

/** Both directions of the event exchange: which events were taken in, and the outbox. A resolved promise means the change is kept. */
export abstract class EventStore {
  /** Notes that an incoming event was served. */
  abstract markServed(eventId: string): Promise<void>;
  abstract wasServed(eventId: string): Promise<boolean>;
  /** Puts an event into the outbox. */
  abstract append(event: ResultEvent): Promise<void>;
  abstract find(eventId: string): Promise<ResultEvent | undefined>;
  abstract setDelivery(eventId: string, delivery: Delivery): Promise<void>;
  /**
   * Events of a tenant in order of creation, after the given one or from the oldest kept.
   * @returns undefined when `afterId` is not an event of the tenant
   */
  abstract after(
    tenant: string,
    afterId: string | undefined,
    limit: number,
  ): Promise<readonly ResultEvent[] | undefined>;
  /** Events whose delivery has not ended, oldest first. */
  abstract undelivered(limit: number): Promise<readonly ResultEvent[]>;
  abstract clear(): Promise<void>;
}
