import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { hrlinkWorker } from './hrlink-worker.js';
import { threadWorker } from './thread-channel.js';
import type { ThreadData } from './thread-channel.js';

const port = parentPort as MessagePort;
const { worker, access } = workerData as ThreadData;
const inner = threadWorker(port);
const node = hrlinkWorker({
  channel: { ...inner, onOrder: (listener) => inner.onOrder((order) => (isStop(order) ? stop() : listener(order))) },
  worker,
  access,
});
node.start();

function isStop(message: unknown): boolean {
  return message === 'stop';
}

function stop(): void {
  void node.stop().then(() => port.close());
}
