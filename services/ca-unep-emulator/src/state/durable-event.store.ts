import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { Delivery, ResultEvent } from '../domain/result-event.js';
import { EventStore } from './event.store.js';

const KEEP_FOR_MS = 7 * 86_400_000;

/** Both directions of the event exchange in a database; the order of the outbox is that of keeping. */
export class DurableEventStore extends EventStore {
  private readonly served: DocumentStore<true>;
  private readonly outbox: DocumentStore<ResultEvent>;

  constructor(state: State) {
    super();
    this.served = state.documents<true>({ table: 'ca.served_event', keepForMs: KEEP_FOR_MS, staleMs: Infinity });
    this.outbox = state.documents<ResultEvent>({
      table: 'ca.event',
      columns: {
        event_id: ({ id }) => id,
        tenant: ({ tenant }) => tenant,
        delivery: ({ delivery }) => delivery.state,
      },
      keepForMs: KEEP_FOR_MS,
    });
  }

  async markServed(eventId: string): Promise<void> {
    await this.served.put(eventId, true);
  }

  async wasServed(eventId: string): Promise<boolean> {
    return (await this.served.find(eventId)) !== undefined;
  }

  async append(event: ResultEvent): Promise<void> {
    await this.outbox.put(event.id, event);
  }

  find(eventId: string): Promise<ResultEvent | undefined> {
    return this.outbox.find(eventId);
  }

  async setDelivery(eventId: string, delivery: Delivery): Promise<void> {
    await this.outbox.change(eventId, (event) => (event === undefined ? undefined : { ...event, delivery }));
  }

  async after(tenant: string, afterId: string | undefined, limit: number): Promise<readonly ResultEvent[] | undefined> {
    const place = afterId === undefined ? 0 : await this.placeOf(tenant, afterId);
    if (place === undefined) return undefined;
    const page = await this.outbox.list({ where: { tenant }, after: place, limit });
    return page.items.map(({ document }) => document);
  }

  async undelivered(limit: number): Promise<readonly ResultEvent[]> {
    const page = await this.outbox.list({ where: { delivery: 'PENDING' }, limit });
    return page.items.map(({ document }) => document);
  }

  async clear(): Promise<void> {
    await this.outbox.remove();
    await this.served.remove();
  }

  private async placeOf(tenant: string, eventId: string): Promise<number | undefined> {
    const page = await this.outbox.list({ where: { event_id: eventId, tenant }, limit: 1 });
    return page.items[0]?.place;
  }
}
