import type { Logger } from '../runtime/logger.js';
import type { BusListener } from './bus.js';

/** Most topics have no listener; publishing to them costs nothing. */
const NOTHING = Promise.resolve();

/** The subscribers of one process. A listener that fails keeps nothing from the others. */
export class LocalListeners {
  private readonly byTopic = new Map<string, Set<BusListener>>();

  constructor(private readonly logger: Logger) {}

  add(topic: string, listener: BusListener): void {
    const listeners = this.byTopic.get(topic) ?? new Set();
    listeners.add(listener);
    this.byTopic.set(topic, listeners);
  }

  /** Runs every listener of the topic, one after another. */
  deliver(topic: string, event: unknown, isRemote: boolean): Promise<void> {
    const listeners = this.byTopic.get(topic);
    return listeners === undefined || listeners.size === 0 ? NOTHING : this.run(topic, event, { listeners, isRemote });
  }

  clear(): void {
    this.byTopic.clear();
  }

  private async run(
    topic: string,
    event: unknown,
    { listeners, isRemote }: { listeners: ReadonlySet<BusListener>; isRemote: boolean },
  ): Promise<void> {
    for (const listener of listeners) {
      try {
        await listener(event, isRemote);
      } catch (failure) {
        this.logger.error('bus.listener-failed', { topic, failure: String(failure) });
      }
    }
  }
}
