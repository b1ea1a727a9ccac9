import type { InjectionToken, Provider } from '@nestjs/common';
import { Clock, State } from '@poligon/emulator-kit';
import type { OneCConfig } from './config.js';
import { ExportStore } from './state/export.store.js';
import { JobRunStore } from './state/job-run.store.js';
import { KeptExportStore } from './state/kept-export.store.js';
import { KeptJobRunStore } from './state/kept-job-run.store.js';
import { KeptObjectStore } from './state/kept-object.store.js';
import { KeptReceivedStore } from './state/kept-received.store.js';
import { MemoryExportStore } from './state/memory-export.store.js';
import { MemoryJobRunStore } from './state/memory-job-run.store.js';
import { MemoryObjectStore } from './state/memory-object.store.js';
import { MemoryReceivedStore } from './state/memory-received.store.js';
import { ObjectStore } from './state/object.store.js';
import { ReceivedStore } from './state/received.store.js';

/** What the infobase keeps: in memory, or in the state of the service when it has a database. */
export function stores({ runHistory, exportEntries, maxObjects, receivedEntries }: OneCConfig): Provider[] {
  const kept = (provide: InjectionToken, make: Make): Provider => ({
    ...{ provide, inject: [State, Clock] },
    useFactory: (state: State, clock: Clock) => make(state, clock),
  });
  return [
    kept(JobRunStore, (state) =>
      hasLedger(state) ? new KeptJobRunStore(state, runHistory) : new MemoryJobRunStore(runHistory),
    ),
    kept(ExportStore, (state) =>
      hasLedger(state) ? new KeptExportStore(state, exportEntries) : new MemoryExportStore(exportEntries),
    ),
    kept(ObjectStore, (state, clock) =>
      hasLedger(state) ? new KeptObjectStore(state, maxObjects, clock) : new MemoryObjectStore(maxObjects),
    ),
    kept(ReceivedStore, (state) =>
      hasLedger(state) ? new KeptReceivedStore(state, receivedEntries) : new MemoryReceivedStore(receivedEntries),
    ),
  ];
}

type Make = (state: State, clock: Clock) => ExportStore | JobRunStore | ObjectStore | ReceivedStore;

function hasLedger(state: State): boolean {
  return state.database !== undefined;
}
