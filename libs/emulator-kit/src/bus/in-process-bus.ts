import { Injectable } from '@nestjs/common';
import { Logger } from '../runtime/logger.js';
import { Bus, type BusListener } from './bus.js';
import { LocalListeners } from './local-listeners.js';

/** The bus of a single replica: listeners run before `publish` resolves. */
@Injectable()
export class InProcessBus extends Bus {
  private readonly listeners: LocalListeners;

  constructor(logger: Logger) {
    super();
    this.listeners = new LocalListeners(logger);
  }

  publish(topic: string, event: unknown): Promise<void> {
    return this.listeners.deliver(topic, event, false);
  }

  async subscribe(topic: string, listener: BusListener): Promise<void> {
    this.listeners.add(topic, listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
  }
}
