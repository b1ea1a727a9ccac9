import { fork, type ChildProcess } from 'node:child_process';
import type { ClientTask } from '../clients/http-client.js';

/** What a client did: it counts its own CPU time. */
export interface ClientResult {
  readonly operations: number;
  readonly failed: number;
  readonly cpuSeconds: number;
  readonly lagP50Ms?: number;
  readonly lagP99Ms?: number;
}

/** A client in a process of its own, so that nothing but its own work is in its CPU time. */
export class ClientProcess {
  private readonly child: ChildProcess;

  constructor(url: string, path: string) {
    this.child = fork(new URL('../clients/http-client.js', import.meta.url), [url, path], { env: {} });
  }

  do(task: ClientTask): Promise<ClientResult> {
    return new Promise((resolve, reject) => {
      const hear = (message: unknown) => {
        this.child.off('exit', die);
        const { error } = message as { error?: string };
        if (error === undefined) resolve(message as ClientResult);
        else reject(new Error(error));
      };
      const die = () => {
        this.child.off('message', hear);
        reject(new Error('the client has ended'));
      };
      this.child.once('message', hear);
      this.child.once('exit', die);
      this.child.send(task);
    });
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}
