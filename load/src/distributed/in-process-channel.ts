import type { CoordinatorChannel, WorkerChannel } from './channel.js';
import type { News, Order } from './messages.js';

/** Joins a coordinator with workers of the same process; messages are copied, as any other transport would. */
export class InProcessExchange {
  private readonly workers = new Set<(order: Order) => void>();
  private readonly coordinators = new Set<(news: News) => void>();

  coordinator(): CoordinatorChannel {
    const own = new Set<(news: News) => void>();
    return {
      send: (order) => deliver(order, this.workers),
      onNews: (listener) => join(listener, own, this.coordinators),
      close: () => leave(own, this.coordinators),
    };
  }

  worker(): WorkerChannel {
    const own = new Set<(order: Order) => void>();
    return {
      send: (news) => deliver(news, this.coordinators),
      onOrder: (listener) => join(listener, own, this.workers),
      close: () => leave(own, this.workers),
    };
  }
}

function join<T>(listener: (message: T) => void, own: Set<typeof listener>, all: Set<typeof listener>): void {
  own.add(listener);
  all.add(listener);
}

async function leave<T>(own: Set<T>, all: Set<T>): Promise<void> {
  for (const listener of own) all.delete(listener);
}

/** Never inside the call of the sender: a transport does not answer before it was asked. */
async function deliver<T>(message: T, listeners: ReadonlySet<(message: T) => void>): Promise<void> {
  const copy = structuredClone(message);
  await Promise.resolve();
  for (const listener of listeners) listener(copy);
}
