import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Delivery, ResultEvent } from '../domain/result-event.js';
import { BoundedMap } from './bounded-map.js';
import { EventStore } from './event.store.js';

/** Reference implementation; beyond the bound the oldest events of each direction give way. */
@Injectable()
export class MemoryEventStore extends EventStore {
  private readonly served: BoundedMap<true>;
  private readonly placeById = new Map<string, number>();
  /** A ring: the event at place n is in cell n modulo its size. */
  private readonly ring: (ResultEvent | undefined)[];
  private next = 0;

  constructor(@Inject(CONFIG) private readonly config: Pick<CaConfig, 'maxEvents'>) {
    super();
    this.served = new BoundedMap(config.maxEvents);
    this.ring = [];
  }

  async markServed(eventId: string): Promise<void> {
    this.served.add(eventId, true);
  }

  async wasServed(eventId: string): Promise<boolean> {
    return this.served.has(eventId);
  }

  async append(event: ResultEvent): Promise<void> {
    const cell = this.next % this.config.maxEvents;
    const displaced = this.ring[cell];
    if (displaced !== undefined) this.placeById.delete(displaced.id);
    this.ring[cell] = event;
    this.placeById.set(event.id, this.next);
    this.next += 1;
  }

  async find(eventId: string): Promise<ResultEvent | undefined> {
    const place = this.placeById.get(eventId);
    return place === undefined ? undefined : this.at(place);
  }

  async setDelivery(eventId: string, delivery: Delivery): Promise<void> {
    const place = this.placeById.get(eventId);
    if (place === undefined) return;
    this.ring[place % this.config.maxEvents] = { ...this.at(place)!, delivery };
  }

  async after(tenant: string, afterId: string | undefined, limit: number): Promise<readonly ResultEvent[] | undefined> {
    const known = afterId === undefined ? -1 : this.placeById.get(afterId);
    if (known === undefined || (known >= 0 && this.at(known)!.tenant !== tenant)) return undefined;
    const found: ResultEvent[] = [];
    const oldest = Math.max(0, this.next - this.config.maxEvents);
    for (let place = Math.max(known + 1, oldest); place < this.next && found.length < limit; place += 1) {
      const event = this.at(place)!;
      if (event.tenant === tenant) found.push(event);
    }
    return found;
  }

  async undelivered(limit: number): Promise<readonly ResultEvent[]> {
    const found: ResultEvent[] = [];
    const oldest = Math.max(0, this.next - this.config.maxEvents);
    for (let place = oldest; place < this.next && found.length < limit; place += 1) {
      const event = this.at(place)!;
      if (event.delivery.state === 'PENDING') found.push(event);
    }
    return found;
  }

  async clear(): Promise<void> {
    this.served.clear();
    this.placeById.clear();
    this.ring.length = 0;
    this.next = 0;
  }

  private at(place: number): ResultEvent | undefined {
    return this.ring[place % this.config.maxEvents];
  }
}
