import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import type { BulkType } from '@poligon/hrlink-api';
import type { Config } from '../config.js';
import { parentsFirst } from '../domain/department-order.js';
import { Refusal } from '../domain/refusal.js';
import { newTaskItem, type Task, taskCounts } from '../domain/task.js';
import { TaskStore } from '../state/work.store.js';
import { Background } from './background.js';
import { refusalText, type RawItem } from './bulk-item.js';
import { BulkItems } from './bulk-items.js';
import { Capacity } from './capacity.js';
import { Chronicle } from './chronicle.js';

/** The bulk sync task (spec 2.4): QUEUED, then item by item through the bulkItem pool, then FINISHED. */
@Injectable()
export class BulkSync {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tasks: TaskStore,
    private readonly items: BulkItems,
    private readonly capacity: Capacity,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Accepts the task and answers at once. Refuses with 11.021 above the item limit. */
  accept(type: BulkType, data: readonly RawItem[]): Task {
    if (data.length > this.config.maxBulkItems) {
      throw new Refusal('malformedJson', { path: 'data', maxItems: this.config.maxBulkItems });
    }
    const task: Task = {
      id: this.ids.uuid(),
      kind: 'bulk',
      topic: type,
      createdAtMs: this.clock.nowMs(),
      state: 'QUEUED',
      items: data.map((item) => {
        const externalId = typeof item['externalId'] === 'string' ? item['externalId'] : null;
        return newTaskItem(externalId ?? '', externalId);
      }),
    };
    this.tasks.save(task);
    this.chronicle.accepted('bulk', task.id, 'QUEUED');
    this.background.run(
      'bulk',
      () => this.work(task, type, data),
      (reason) => this.abandon(task, reason),
    );
    return task;
  }

  private async work(task: Task, type: BulkType, data: readonly RawItem[]): Promise<void> {
    await this.background.pause(this.config.bulkQueuedMs);
    task.state = 'IN_PROGRESS';
    this.chronicle.note(task.id, 'IN_PROGRESS');
    if (type === 'CLIENT_DEPARTMENTS') {
      // A child must find its parent, so departments go one after another; the pool still sets the pace.
      for (const index of parentsFirst(data.map(departmentLinks))) await this.item(task, type, { index, data });
    } else {
      await Promise.all(data.map((_item, index) => this.item(task, type, { index, data })));
    }
    task.state = 'FINISHED';
    this.tasks.save(task);
    const { succeeded, failed } = taskCounts(task);
    this.chronicle.completed('bulk', task.id, `FINISHED ${succeeded} ok, ${failed} failed`);
  }

  private async item(task: Task, type: BulkType, at: { index: number; data: readonly RawItem[] }): Promise<void> {
    const item = task.items[at.index];
    const raw = at.data[at.index];
    if (item === undefined || raw === undefined) return;
    try {
      await this.capacity.serve('bulkItem');
      const { id, change } = this.items.apply(type, raw);
      item.id = id;
      item.outcome = change;
    } catch (error) {
      item.outcome = 'failed';
      item.errorMessage = refusalText(error);
    }
  }

  private abandon(task: Task, reason: string): void {
    task.state = 'FAILED';
    this.tasks.save(task);
    this.chronicle.failed('bulk', task.id, { state: 'FAILED', reason });
  }
}

function departmentLinks(item: RawItem): { externalId: string | null; parentExternalId: string | null } {
  const text = (key: string): string | null => (typeof item[key] === 'string' ? item[key] : null);
  return { externalId: text('externalId'), parentExternalId: text('parentDepartmentExternalId') };
}
