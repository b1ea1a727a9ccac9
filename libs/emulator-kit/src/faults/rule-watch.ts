import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from '../bus/bus.js';
import { Clock, type CancelTimer } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { FaultRuleStore } from '../state/fault-rule.store.js';
import { FAULTS_CHANGED, FaultGate } from './fault-gate.js';
import { FaultRegistry } from './fault-registry.js';
import { faultRuleSchema } from './fault-rule.js';

/** Rules of other replicas must act within a second of being set. */
const POLL_MS = 500;

/** A change as it travels to the replicas: the rules set, the ids removed, or the only rules from now on. */
const changeSchema = z.object({
  put: z
    .array(z.object({ ...faultRuleSchema.shape, setAtMs: z.number(), setBy: z.string(), revision: z.string() }))
    .optional(),
  removed: z.array(z.string()).optional(),
  isWhole: z.boolean().optional(),
});

export type RuleChange = z.output<typeof changeSchema>;

/**
 * Brings the rules that other replicas set to this replica's gate. Replicas that share a store read it again when the bus tells them to, and
 * twice a second while the bus cannot tell them anything; replicas that do not share one take the rules from the bus.
 */
@Injectable()
export class RuleWatch implements OnModuleInit, OnApplicationShutdown {
  private cancelPoll: CancelTimer | undefined;
  private isStale = false;

  constructor(
    private readonly store: FaultRuleStore,
    private readonly gate: FaultGate,
    private readonly registry: FaultRegistry,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.subscribe(FAULTS_CHANGED, (event, isRemote) => this.changed(event, isRemote));
    this.bus.onGap(() => this.reload());
    await this.gate.reload();
    if (this.store.isShared) this.poll();
  }

  onApplicationShutdown(): void {
    this.cancelPoll?.();
  }

  private async changed(event: unknown, isRemote: boolean): Promise<void> {
    if (isRemote && !this.store.isShared) await this.adopt(event);
    await this.reload();
  }

  private async adopt(event: unknown): Promise<void> {
    const { put = [], removed = [], isWhole = false } = changeSchema.parse(event);
    const checked = this.registry.checkedAll(put);
    const rules = put.map((rule, at) => ({ ...rule, ...checked[at]! }));
    if (isWhole) return this.store.replace(rules);
    if (rules.length > 0) await this.store.put(rules);
    if (removed.length > 0) await this.store.remove(removed);
  }

  /** A store that cannot be read now is read again soon; the rules known so far go on acting. */
  private async reload(): Promise<void> {
    try {
      await this.gate.reload();
      this.isStale = false;
    } catch (failure) {
      if (!this.isStale) this.logger.warn('faults.not-read', { failure: String(failure) });
      this.isStale = true;
    }
  }

  private poll(): void {
    this.cancelPoll = this.clock.after(POLL_MS, () => {
      const isDue = this.isStale || !this.bus.reachesReplicas;
      void (isDue ? this.reload() : Promise.resolve()).then(() => this.poll());
    });
  }
}
