import type { ReadyMessage } from '@poligon/emulator-kit';
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How to run one service. */
export interface ServicePlan {
  readonly name: string;
  /** Built entry point. */
  readonly entry: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Receives every line of output. */
  readonly onLine: (line: string) => void;
  /** Called when the process ends without having been asked to. */
  readonly onCrash: (reason: string) => void;
}

/** Time a service may take to open its doors. */
const READY_TIMEOUT_MS = 60_000;
/** Time a service may take to drain and close before it is killed. */
const STOP_TIMEOUT_MS = 15_000;

/** A service running as a child process. It stops by itself when this process dies: the channel to it closes. */
export class ChildService {
  private isStopping = false;
  private lastLine = '';
  private readonly exited: Promise<void>;

  private constructor(
    private readonly plan: ServicePlan,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.hear(line));
    }
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        if (!this.isStopping)
          plan.onCrash(`${plan.name} ended unasked (${signal ?? `code ${code}`}): ${this.lastLine}`);
        resolve();
      });
    });
  }

  /** Starts the process and resolves when both doors are open. @throws Error with the last line of output when it fails */
  static async start(plan: ServicePlan): Promise<ChildService> {
    const child = fork(plan.entry, { env: plan.environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const service = new ChildService(
      { ...plan, onCrash: (reason) => service.onEarlyEnd?.(reason) ?? plan.onCrash(reason) },
      child,
    );
    await service.ready();
    return service;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Asks the process to stop, kills it when it takes too long, resolves when it is gone. */
  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    const kill = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.exited;
    clearTimeout(kill);
  }

  private onEarlyEnd: ((reason: string) => void) | undefined;

  private ready(): Promise<ReadyMessage> {
    return new Promise<ReadyMessage>((resolve, reject) => {
      const timer = setTimeout(
        () => fail(`${this.plan.name} is not ready after ${READY_TIMEOUT_MS} ms`),
        READY_TIMEOUT_MS,
      );
      const fail = (reason: string) => {
        clearTimeout(timer);
        reject(new Error(reason));
      };
      this.onEarlyEnd = fail;
      this.child.on('message', (message: ReadyMessage) => {
        if (message.type !== 'ready') return;
        clearTimeout(timer);
        this.onEarlyEnd = undefined;
        resolve(message);
      });
    });
  }

  private hear(line: string): void {
    this.lastLine = line;
    this.plan.onLine(line);
  }
}
