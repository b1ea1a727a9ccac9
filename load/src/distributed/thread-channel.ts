import { Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { CoordinatorChannel, WorkerChannel } from './channel.js';
import type { WorkerAccess } from './hrlink-work.js';
import type { News, Order } from './messages.js';

/** What a thread is started with. */
export interface ThreadData {
  worker: string;
  access: WorkerAccess;
}

const ENTRY = new URL('./thread.js', import.meta.url);
const STOP_TIMEOUT_MS = 2000;

/** Starts worker threads of this process and joins them to a coordinator in it. */
export function threadCoordinator(count: number, access: WorkerAccess): CoordinatorChannel {
  const threads = Array.from({ length: count }, (_, nth) => {
    const workerData: ThreadData = { worker: `thread-${nth + 1}`, access };
    const thread = new Worker(ENTRY, { workerData });
    // A dead thread falls silent; the coordinator notices that as it would with any other worker.
    thread.on('error', () => undefined);
    return thread;
  });
  return {
    send: async (order: Order) => {
      for (const thread of threads) thread.postMessage(order);
    },
    onNews: (listener: (news: News) => void) => {
      for (const thread of threads) thread.on('message', listener);
    },
    close: async () => {
      await Promise.all(threads.map(stopThread));
    },
  };
}

/** A thread's end. */
export function threadWorker(port: MessagePort): WorkerChannel {
  return {
    send: async (news) => port.postMessage(news),
    onOrder: (listener) => void port.on('message', listener),
    close: async () => port.close(),
  };
}

async function stopThread(thread: Worker): Promise<void> {
  const ended = new Promise((resolve) => thread.once('exit', resolve));
  thread.postMessage('stop');
  const timer = setTimeout(() => void thread.terminate(), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
