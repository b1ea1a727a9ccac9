import type { BulkItemInput, BulkType } from '@poligon/hrlink-api';
import { buildBody, literal, readAnswer, readLiteral } from '@poligon/hrlink-api';
import { z } from 'zod';
import type { ExportKind, ExportResult } from '../../domain/export-record.js';
import { noteFailure } from '../../domain/job-run.js';
import type { ExportStore } from '../../state/export.store.js';
import type { Portal } from './portal.js';
import type { PortalConnection } from './portal-connection.js';
import { FAILURE_TEXTS, PortalFailure } from './portal-failure.js';
import { TaskPoll } from './task-poll.js';

/** Which kind of object a bulk type carries. */
const KIND_OF_TYPE: Readonly<Record<BulkType, ExportKind>> = {
  LEGAL_ENTITIES: 'organisation',
  CLIENT_DEPARTMENTS: 'department',
  EMPLOYEE_POSITIONS: 'position',
  CLIENT_USERS: 'person',
  CLIENT_USERS_V5: 'person',
  EMPLOYEE_VACATIONS_PLANNING: 'vacation',
};

const itemResult = z.object({
  externalId: z.string(),
  id: z.string().nullish(),
  state: z.string().nullish(),
  errorMessage: z.string().nullish(),
});

/** Pushes objects through bulk sync tasks (hrlink.md 2.4), one task after another. */
export class BulkPush {
  private readonly poll: TaskPoll;

  constructor(
    private readonly portal: Portal,
    private readonly connection: PortalConnection,
    private readonly exports: ExportStore,
  ) {
    this.poll = new TaskPoll(portal, connection);
  }

  /** Sends the items in batches, each followed to its end. @throws PortalFailure, TaskGaveUp, RunInterrupted */
  async push(type: BulkType, items: Iterable<BulkItemInput>): Promise<void> {
    let batch: BulkItemInput[] = [];
    for (const item of items) {
      batch.push(item);
      if (batch.length < this.portal.config.batchSize) continue;
      await this.task(type, batch);
      batch = [];
    }
    if (batch.length > 0) await this.task(type, batch);
  }

  private async task(type: BulkType, data: readonly BulkItemInput[]): Promise<void> {
    const { profile, time } = this.portal;
    const { run, hints } = this.connection.session;
    const kind = KIND_OF_TYPE[type];
    const body = buildBody(profile, 'bulk.create', { type: literal(profile, 'bulkType', type), data });
    // the first answer was lost: its task goes on with nobody asking about it
    if (hints.duplicatesBatches) await this.connection.call('bulk.create', {}, body);
    const taskId = readAnswer(profile, 'bulk.create', 'id', await this.connection.call('bulk.create', {}, body));
    if (typeof taskId !== 'string' || taskId === '') throw new PortalFailure(FAILURE_TEXTS.noTaskId);
    run.items.sent += data.length;
    const refKeys = data.map(({ externalId }) => externalId ?? '');
    await this.exports.accept(kind, refKeys, { runId: run.id, atMs: time.clock.nowMs() });
    if (hints.abandonsTasks) {
      run.abandonedTasks += 1;
      return;
    }
    const results = this.results(refKeys, await this.poll.untilFinished(taskId));
    for (const { refKey, error } of results) {
      if (error === null) run.items.succeeded += 1;
      else noteFailure(run, { externalId: refKey, message: error });
    }
    await this.exports.complete(kind, results, { runId: run.id, atMs: time.clock.nowMs() });
  }

  /** One result per object sent, whatever the portal wrote. */
  private results(refKeys: readonly string[], rows: readonly unknown[]): readonly ExportResult[] {
    const byRefKey = new Map<string, z.output<typeof itemResult>>();
    for (const row of rows) {
      const parsed = itemResult.safeParse(row);
      if (parsed.success) byRefKey.set(parsed.data.externalId, parsed.data);
    }
    return refKeys.map((refKey) => {
      const row = byRefKey.get(refKey);
      if (row === undefined) return { refKey, hrlinkId: null, error: FAILURE_TEXTS.noItemResult };
      const isSynced = readLiteral(this.portal.profile, 'bulkItemState', row.state) === 'SYNCED';
      return {
        refKey,
        hrlinkId: row.id ?? null,
        error: isSynced ? null : (row.errorMessage ?? FAILURE_TEXTS.noItemResult),
      };
    });
  }
}
