import { readAnswer, readLiteral, type TaskState } from '@poligon/hrlink-api';
import type { PollStorm } from '../../faults/poll-storm.fault.js';
import type { Portal } from './portal.js';
import type { PortalConnection } from './portal-connection.js';
import { FAILURE_TEXTS, PortalFailure, PortalRefusal, TaskGaveUp } from './portal-failure.js';

interface TaskView {
  readonly state: TaskState | undefined;
  /** As the portal spells it, for the log. */
  readonly spelling: string;
  readonly items: readonly unknown[];
}

/** Asks about a bulk task: 3 s after the start, then every 3 s until it ends or patience does (1c.md 4). */
export class TaskPoll {
  constructor(
    private readonly portal: Portal,
    private readonly connection: PortalConnection,
  ) {}

  /** Rows of the finished task. @throws PortalFailure when it FAILED, TaskGaveUp, RunInterrupted */
  async untilFinished(taskId: string): Promise<readonly unknown[]> {
    const { hints, control } = this.connection.session;
    const { taskPollMs, taskTimeoutMs } = this.portal.config;
    const deadlineMs = this.portal.time.elapsedMs() + taskTimeoutMs;
    if (hints.pollStorm !== undefined) await this.storm(taskId, hints.pollStorm);
    for (;;) {
      await control.pause(taskPollMs);
      const { state, spelling, items } = await this.ask(taskId);
      if (state === 'FINISHED') return items;
      if (state === 'FAILED') throw new PortalFailure(FAILURE_TEXTS.taskFailed(taskId));
      if (this.portal.time.elapsedMs() >= deadlineMs) {
        throw new TaskGaveUp(FAILURE_TEXTS.taskGaveUp(taskId, spelling, taskTimeoutMs / 1000));
      }
    }
  }

  /** A task that is not visible yet counts as not finished. */
  private async ask(taskId: string): Promise<TaskView> {
    const { profile } = this.portal;
    const answer = await this.connection.call('bulk.get', { id: taskId }).catch((failure: unknown) => {
      if (failure instanceof PortalRefusal && failure.status === 404) return undefined;
      throw failure;
    });
    if (answer === undefined) return { state: undefined, spelling: 'HTTP 404', items: [] };
    const spelling = readAnswer(profile, 'bulk.get', 'state', answer);
    const items = readAnswer(profile, 'bulk.get', 'items', answer);
    return {
      state: readLiteral(profile, 'taskState', spelling),
      spelling: typeof spelling === 'string' ? spelling : '?',
      items: Array.isArray(items) ? items : [],
    };
  }

  private async storm(taskId: string, { intervalMs, parallel, polls }: PollStorm): Promise<void> {
    for (let sent = 0; sent < polls; sent += parallel) {
      const round = Math.min(parallel, polls - sent);
      await Promise.all(Array.from({ length: round }, () => this.ask(taskId)));
      await this.connection.session.control.pause(intervalMs);
    }
  }
}
