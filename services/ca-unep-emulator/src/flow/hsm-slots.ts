import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import { Refusal } from '../domain/refusal.js';
import { SlotQueue, type SlotJob } from '../domain/slot-queue.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { CaMetrics } from './ca-metrics.js';

/** Whose certificate signs. */
export type SlotOwner = Pick<UnepCertificate, 'profile' | 'tenant'>;

/** Slots of the HSM: those a tenant or a profile has for itself, and those all others share. Each group has a queue of its own. */
@Injectable()
@ResetOnAdmin()
export class HsmSlots implements Resettable {
  private readonly shared: SlotQueue;
  private readonly own: ReadonlyMap<string, SlotQueue>;
  /** Ends the waiting of those whose jobs are forgotten. */
  private readonly waiting = new Set<() => void>();

  constructor(metrics: CaMetrics, @Inject(CONFIG) config: Pick<CaConfig, 'hsmSlots' | 'hsmSlotsOf' | 'signQueue'>) {
    const queue = (slots: number): SlotQueue => new SlotQueue(slots, config.signQueue);
    this.shared = queue(config.hsmSlots);
    this.own = new Map(Object.entries(config.hsmSlotsOf).map(([name, slots]) => [name, queue(slots)]));
    const all = [this.shared, ...this.own.values()];
    metrics.watch('hsm_slots_busy', () => all.reduce((sum, { busy }) => sum + busy, 0));
    metrics.watch('sign_queue_depth', () => all.reduce((sum, { depth }) => sum + depth, 0));
  }

  hasRoom(owner: SlotOwner): boolean {
    return this.queueOf(owner).hasRoom;
  }

  /** As `SlotQueue.submit`. */
  submit(owner: SlotOwner, job: SlotJob): boolean {
    return this.queueOf(owner).submit(job);
  }

  /** What the work gives once it had a slot. @throws Refusal `overloaded` without room for it, or when a reset forgets it */
  run<T>(owner: SlotOwner, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const refuse = (): void => {
        this.waiting.delete(refuse);
        reject(new Refusal('overloaded', 'все слоты HSM заняты, повторите позже'));
      };
      this.waiting.add(refuse);
      const isTaken = this.submit(owner, async () => {
        this.waiting.delete(refuse);
        await work().then(resolve, reject);
      });
      if (!isTaken) refuse();
    });
  }

  reset(): void {
    for (const queue of [this.shared, ...this.own.values()]) queue.clear();
    for (const refuse of [...this.waiting]) refuse();
  }

  private queueOf({ tenant, profile }: SlotOwner): SlotQueue {
    return this.own.get(tenant) ?? this.own.get(profile) ?? this.shared;
  }
}
