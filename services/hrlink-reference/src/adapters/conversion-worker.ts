import { Worker } from 'node:worker_threads';

/** Text, so that it runs the same from sources and from the build. Burns processor time, not wall time. */
const SOURCE = `
const { parentPort } = require('node:worker_threads');
const { pbkdf2Sync } = require('node:crypto');
parentPort.on('message', ({ id, cpuMs }) => {
  const start = process.threadCpuUsage();
  for (;;) {
    pbkdf2Sync('document', 'salt', 200, 64, 'sha256');
    const { user, system } = process.threadCpuUsage(start);
    if ((user + system) / 1000 >= cpuMs) break;
  }
  parentPort.postMessage(id);
});
`;

/** One thread that converts documents one after another; made when it is first needed. */
export class ConversionWorker {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, { done: () => void; fail: (error: Error) => void }>();
  private nextId = 0;
  private tail: Promise<void> = Promise.resolve();
  private seen: ReturnType<Worker['performance']['eventLoopUtilization']> | undefined;

  /**
   * Resolves when the thread has spent `cpuMs()` of processor time on this job, after the jobs before it. The amount is
   * asked for when its turn comes: a change of the plan is felt by jobs that wait already.
   */
  burn(cpuMs: () => number): Promise<void> {
    const turn = this.tail.then(() => (cpuMs() > 0 ? this.execute(cpuMs()) : undefined));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  private execute(cpuMs: number): Promise<void> {
    const worker = (this.worker ??= this.start());
    const id = this.nextId++;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      worker.postMessage({ id, cpuMs });
    });
  }

  /** Share of the time since the last question in which the thread had work, 0…1. */
  utilization(): number {
    if (!this.worker) return 0;
    const now = this.worker.performance.eventLoopUtilization();
    const since = this.worker.performance.eventLoopUtilization(now, this.seen);
    this.seen = now;
    return since.utilization;
  }

  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(SOURCE, { eval: true });
    worker.on('message', (id: number) => {
      this.waiting.get(id)?.done();
      this.waiting.delete(id);
    });
    const end = (error: Error) => {
      this.worker = undefined;
      this.seen = undefined;
      for (const { fail } of this.waiting.values()) fail(error);
      this.waiting.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('the conversion worker has ended')));
    return worker;
  }
}
