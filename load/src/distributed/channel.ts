import type { News, Order } from './messages.js';

/** The coordinator's end: orders go to every worker, news come from all of them. */
export interface CoordinatorChannel {
  /** Resolves when the message is on its way for good; rejects when it could not be sent. */
  send(order: Order): Promise<void>;
  onNews(listener: (news: News) => void): void;
  close(): Promise<void>;
}

/** A worker's end. Messages of one sender arrive in the order they were sent; some may arrive twice. */
export interface WorkerChannel {
  send(news: News): Promise<void>;
  onOrder(listener: (order: Order) => void): void;
  close(): Promise<void>;
}
