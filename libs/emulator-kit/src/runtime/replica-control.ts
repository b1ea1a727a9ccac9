import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { Bus } from '../bus/bus.js';
import { Experiments } from '../experiments/experiments.js';
import { Journal } from '../journal/journal.js';
import { LatencyProfile, latencyProfileSchema, type LatencyProfileFile } from '../latency/latency-profile.js';
import type { DocumentStore } from '../state/document.store.js';
import { FaultRuleStore } from '../state/fault-rule.store.js';
import { State } from '../state/state.js';
import { Clock } from './clock.js';
import { RESETTABLE, type Resettable } from './resettable.js';

/** Bus topic of what the admin door changes in every replica, rules apart. */
export const CONTROL_CHANGED = 'poligon.control';

const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('latency'), file: latencyProfileSchema }),
  z.object({ kind: z.literal('clock'), shiftMs: z.number() }),
  z.object({ kind: z.literal('reset') }),
]);
const shiftSchema = z.object({ shiftMs: z.number() });
type Change = z.output<typeof changeSchema>;

/** What the admin door changes in the process itself; the other replicas follow. */
@Injectable()
export class ReplicaControl implements OnModuleInit {
  private readonly settings: DocumentStore<unknown>;
  private readonly keys: { readonly clock: string; readonly latency: string };

  constructor(
    private readonly profile: LatencyProfile,
    private readonly clock: Clock,
    private readonly experiments: Experiments,
    private readonly journal: Journal,
    private readonly store: FaultRuleStore,
    private readonly bus: Bus,
    private readonly discovery: DiscoveryService,
    state: State,
  ) {
    this.settings = state.documents({ table: 'kit.setting', cachedDocuments: 0 });
    this.keys = { clock: `${state.service} clock`, latency: `${state.service} latency` };
  }

  /** What was set before a restart, or at another replica before this one began, holds. */
  async onModuleInit(): Promise<void> {
    const shift = shiftSchema.safeParse(await this.settings.find(this.keys.clock));
    if (shift.success) this.clock.shift(shift.data.shiftMs);
    const latency = latencyProfileSchema.safeParse(await this.settings.find(this.keys.latency));
    if (latency.success) this.profile.use(latency.data);
    await this.bus.subscribe(CONTROL_CHANGED, (event, isRemote) => (isRemote ? this.follow(event) : undefined));
  }

  async setLatency(file: LatencyProfileFile): Promise<void> {
    await this.settings.put(this.keys.latency, file);
    this.profile.use(file);
    return this.tell({ kind: 'latency', file });
  }

  /** Moves wall time by `shiftMs` relative to the machine's clock. */
  async shiftClock(shiftMs: number): Promise<void> {
    await this.settings.put(this.keys.clock, { shiftMs });
    this.clock.shift(shiftMs);
    return this.tell({ kind: 'clock', shiftMs });
  }

  /** Forgets journal, clock shift, a replaced latency profile and everything learnt from calls; the other replicas end their experiments too. */
  async reset(): Promise<void> {
    for (const part of this.resettables()) await part.reset();
    for (const key of Object.values(this.keys)) await this.settings.remove({ key });
    this.resetProcess();
    await this.tell({ kind: 'reset' });
  }

  private tell(change: Change): Promise<void> {
    return this.bus.publish(CONTROL_CHANGED, change);
  }

  private async follow(event: unknown): Promise<void> {
    const change = changeSchema.parse(event);
    if (change.kind === 'latency') this.profile.use(change.file);
    else if (change.kind === 'clock') this.clock.shift(change.shiftMs);
    else await this.followReset();
  }

  /** What is shared was reset already, and may hold something new by now. */
  private async followReset(): Promise<void> {
    await this.experiments.clear();
    for (const part of this.resettables()) await (this.store.isShared ? part.followReset?.() : part.reset());
    this.resetProcess();
  }

  private resetProcess(): void {
    this.profile.reset();
    this.clock.shift(0);
    this.journal.clear();
  }

  private resettables(): readonly Resettable[] {
    return this.discovery
      .getProviders()
      .filter(({ metatype }) => typeof metatype === 'function' && Reflect.getMetadata(RESETTABLE, metatype) === true)
      .map(({ instance }) => instance as Resettable);
  }
}
