/** QUEUED → IN_PROGRESS → FINISHED, or FAILED as a whole (spec 4.1). */
export type TaskState = 'QUEUED' | 'IN_PROGRESS' | 'FINISHED' | 'FAILED';
export type TaskKind = 'bulk' | 'send' | 'lnaSend';

/** One item of an asynchronous task. */
export interface TaskItem {
  /** Id of the object made or found; null until known. */
  id: string | null;
  readonly externalId: string | null;
  /** What the item is about: employee id for sending, own externalId for a sync. */
  readonly about: string;
  baseId: string | null;
  outcome: 'pending' | 'created' | 'updated' | 'not-modified' | 'skipped' | 'failed';
  errorMessage: string | null;
}

export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  /** Bulk type, or the id of the group or ЛНА that is sent. */
  readonly topic: string;
  readonly createdAtMs: number;
  state: TaskState;
  items: TaskItem[];
}

export interface TaskCounts {
  readonly total: number;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
}

export function newTaskItem(about: string, externalId: string | null = null): TaskItem {
  return { id: null, externalId, about, baseId: null, outcome: 'pending', errorMessage: null };
}

export function taskCounts(task: Task): TaskCounts {
  let failed = 0;
  let pending = 0;
  let skipped = 0;
  for (const item of task.items) {
    if (item.outcome === 'failed') failed += 1;
    else if (item.outcome === 'pending') pending += 1;
    else if (item.outcome === 'skipped') skipped += 1;
  }
  const total = task.items.length;
  const processed = total - pending;
  return { total, processed, succeeded: processed - failed, failed, skipped };
}

export function isTaskOver(task: Task): boolean {
  return task.state === 'FINISHED' || task.state === 'FAILED';
}
