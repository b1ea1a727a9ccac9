import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';
import { TimelineStore, type Transition } from './timeline.store.js';

const KEPT_PER_OBJECT = 50;

/** Timelines in memory: the object that appeared first is forgotten first, and of one object the oldest changes. */
@ResetOnAdmin()
@Injectable()
export class MemoryTimelineStore extends TimelineStore {
  private readonly timelines = new Map<string, Transition[]>();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  record(objectId: string, transition: Transition): void {
    const known = this.timelines.get(objectId);
    if (known !== undefined) {
      known.push(transition);
      if (known.length > KEPT_PER_OBJECT) known.shift();
      return;
    }
    const [oldest] = this.timelines.keys();
    if (this.timelines.size >= this.limits.timelines && oldest !== undefined) this.timelines.delete(oldest);
    this.timelines.set(objectId, [transition]);
  }

  of(objectId: string): readonly Transition[] {
    return this.timelines.get(objectId) ?? [];
  }

  reset(): void {
    this.timelines.clear();
  }
}
