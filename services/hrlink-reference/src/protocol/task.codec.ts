import {
  type BulkItemResult,
  type BulkTask,
  literal,
  type LnaSendTask,
  type SendTaskItem,
  type SendToSigningTask,
  type SigningRequest as WireSigning,
} from '@poligon/hrlink-api';
import { profile } from '../config.js';
import type { SigningRequest } from '../domain/signing-request.js';
import { type Task, taskCounts, type TaskItem } from '../domain/task.js';
import { isoDate } from './iso-date.js';

const RESULTS = { created: 'CREATED', updated: 'UPDATED', 'not-modified': 'NOT_MODIFIED' } as const;

/** A bulk sync task (spec 2.4). */
export function bulkTask(task: Task): BulkTask {
  const { total, processed, succeeded, failed } = taskCounts(task);
  return {
    id: task.id,
    type: literal(profile, 'bulkType', task.topic as never),
    state: literal(profile, 'taskState', task.state),
    counts: { total, processed, succeeded, failed },
    data: task.items.map(bulkItem),
    createdDate: isoDate(task.createdAtMs),
  };
}

function bulkItem(item: TaskItem): BulkItemResult {
  const result = item.outcome in RESULTS ? RESULTS[item.outcome as keyof typeof RESULTS] : undefined;
  const state = item.outcome === 'failed' ? 'FAILED' : result === undefined ? undefined : 'SYNCED';
  return {
    id: item.id,
    externalId: item.externalId,
    state: state === undefined ? null : literal(profile, 'bulkItemState', state),
    result: result === undefined ? null : literal(profile, 'bulkItemResult', result),
    errorMessage: item.errorMessage,
    errorData: item.errorMessage === null ? null : {},
  };
}

/** A send task (spec 2.8). */
export function sendTask(task: Task): SendToSigningTask {
  return { id: task.id, state: literal(profile, 'taskState', task.state), documents: task.items.map(sendItem) };
}

export function lnaSendTask(task: Task): LnaSendTask {
  const { total, processed, skipped, failed } = taskCounts(task);
  return {
    id: task.id,
    lnaId: task.topic,
    state: literal(profile, 'taskState', task.state),
    counts: { total, processed, skipped, failed },
    documents: task.items.map(sendItem),
  };
}

function sendItem(item: TaskItem): SendTaskItem {
  return {
    id: item.id,
    externalId: item.externalId,
    baseDocumentId: item.baseId,
    employeeId: item.about,
    ...(item.errorMessage === null ? {} : { errorMessage: item.errorMessage }),
  };
}

/** A signing request; nothing of the code is in it. */
export function signingRequest(request: SigningRequest): WireSigning {
  const { kind, id } = request.target;
  return {
    id: request.id,
    state: literal(profile, 'signingState', request.state),
    signingType: literal(profile, 'signingType', 'CLOUD_NQES'),
    documentId: kind === 'document' ? id : null,
    applicationId: kind === 'application' ? id : null,
    createdDate: isoDate(request.createdAtMs),
    codeSentDate: isoDate(request.codeSentAtMs),
    signedDate: isoDate(request.signedAtMs),
    errorMessage: request.errorMessage,
  };
}
