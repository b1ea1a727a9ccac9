import { Controller, Param } from '@nestjs/common';
import { HRLINK_LITERALS, readLiteral } from '@poligon/hrlink-api';
import { z } from 'zod';
import { profile } from '../config.js';
import { found, Refusal } from '../domain/refusal.js';
import { BulkSync } from '../flow/bulk-sync.js';
import { TaskStore } from '../state/work.store.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf } from './input.decorator.js';
import { success } from './success.js';
import { bulkTask } from './task.codec.js';

const taskInput = z.object({
  type: z.string().max(100),
  data: z.array(z.record(z.string(), z.unknown())).max(100_000),
});

/** Bulk sync tasks (spec 2.4). */
@Controller()
export class BulkController {
  constructor(
    private readonly sync: BulkSync,
    private readonly tasks: TaskStore,
  ) {}

  @HrlinkRoute('bulk.create', { about: 'accepts a bulk sync task' })
  create(@BodyOf(taskInput) body: z.output<typeof taskInput>) {
    const type = readLiteral(profile, 'bulkType', body.type);
    if (type === undefined) throw new Refusal('malformedJson', { path: 'type', allowed: HRLINK_LITERALS.bulkType });
    return success({ bulkDataSyncTask: { id: this.sync.accept(type, body.data).id } });
  }

  @HrlinkRoute('bulk.get', { about: 'state of a bulk sync task' })
  get(@Param('id') id: string) {
    const task = this.tasks.byId(id);
    return success({ bulkDataSyncTask: bulkTask(found(task?.kind === 'bulk' ? task : undefined, 'bulkDataSyncTask')) });
  }
}
