import { Injectable } from '@nestjs/common';
import { Logger } from '../runtime/logger.js';
import { Bus, type BusListener } from './bus.js';

/** Most topics have no listener; publishing to them costs nothing. */
const NOTHING = Promise.resolve();

/** The bus of a single replica: listeners run before `publish` resolves. */
@Injectable()
export class InProcessBus extends Bus {
  private readonly listeners = new Map<string, Set<BusListener>>();

  constructor(private readonly logger: Logger) {
    super();
  }

  publish(topic: string, event: unknown): Promise<void> {
    const listeners = this.listeners.get(topic);
    return listeners === undefined || listeners.size === 0 ? NOTHING : this.deliver(topic, event, listeners);
  }

  private async deliver(topic: string, event: unknown, listeners: ReadonlySet<BusListener>): Promise<void> {
    for (const listener of listeners) {
      try {
        await listener(event);
      } catch (failure) {
        this.logger.error('bus.listener-failed', { topic, failure: String(failure) });
      }
    }
  }

  async subscribe(topic: string, listener: BusListener): Promise<void> {
    const listeners = this.listeners.get(topic) ?? new Set();
    listeners.add(listener);
    this.listeners.set(topic, listeners);
  }

  async close(): Promise<void> {
    this.listeners.clear();
  }
}
