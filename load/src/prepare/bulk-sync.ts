import type { BulkItemInput, BulkItemResult, BulkType } from '@poligon/hrlink-api';
import { literal, readLiteral } from '@poligon/hrlink-api';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { Polling } from '../scenarios/poll-until.js';
import { pollUntil } from '../scenarios/poll-until.js';

const ITEMS_PER_TASK = 500;

/**
 * Sends items through bulk sync tasks (spec hrlink.md 2.4) and gives HRLink's id of each by externalId.
 * Repeating it is harmless: known items answer NOT_MODIFIED or UPDATED. Throws OperationFailure on a failed item.
 */
export async function bulkSync(
  hr: HrlinkCaller,
  polling: Polling,
  type: BulkType,
  items: readonly BulkItemInput[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let from = 0; from < items.length; from += ITEMS_PER_TASK) {
    const data = items.slice(from, from + ITEMS_PER_TASK);
    const task = await hr.call('bulk.create', { body: { type: literal(hr.profile, 'bulkType', type), data } });
    const id = task.need('id');
    const done = await pollUntil(polling, `bulk ${type}`, () => finished(hr, type, id));
    for (const item of done) if (item.id && item.externalId) ids.set(item.externalId, item.id);
  }
  return ids;
}

async function finished(hr: HrlinkCaller, type: BulkType, id: string): Promise<BulkItemResult[] | undefined> {
  const answer = await hr.call('bulk.get', { path: { id } });
  const state = readLiteral(hr.profile, 'taskState', answer.get('state'));
  if (state === 'FAILED') throw new OperationFailure(`bulk ${type} FAILED`);
  if (state !== 'FINISHED') return undefined;
  const items = answer.need<BulkItemResult[]>('items');
  const refused = items.find((item) => readLiteral(hr.profile, 'bulkItemState', item.state) === 'FAILED');
  if (refused) throw new OperationFailure(`bulk ${type} item FAILED`, refused.errorMessage ?? '');
  return items;
}
