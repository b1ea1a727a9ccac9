import { Injectable } from '@nestjs/common';
import {
  exportKinds,
  type ExportKind,
  type ExportRecord,
  type ExportResult,
  type ExportTotals,
} from '../domain/export-record.js';
import { ExportStore, type ExportMoment, type ExportQuery } from './export.store.js';

type Totals = Record<ExportKind, ExportTotals>;

/** Reference implementation: records live as long as the process. */
@Injectable()
export class MemoryExportStore extends ExportStore {
  private readonly records = new Map<string, ExportRecord>();
  private counts = noCounts();

  constructor(private readonly maxRecords: number) {
    super();
  }

  async accept(kind: ExportKind, refKeys: readonly string[], { runId, atMs }: ExportMoment): Promise<void> {
    for (const refKey of refKeys) {
      const hrlinkId = this.records.get(key(kind, refKey))?.hrlinkId ?? null;
      this.counts[kind].accepted += 1;
      this.keep({
        ...{ kind, refKey, hrlinkId, runId },
        ...{ state: 'accepted', error: null, acceptedAtMs: atMs, completedAtMs: null },
      });
    }
  }

  async complete(kind: ExportKind, results: readonly ExportResult[], { runId, atMs }: ExportMoment): Promise<void> {
    for (const { refKey, hrlinkId, error } of results) {
      const known = this.records.get(key(kind, refKey));
      const state = error === null ? 'synced' : 'failed';
      if (known?.state === 'accepted') this.count(kind, state);
      const before = { hrlinkId: known?.hrlinkId ?? null, acceptedAtMs: known?.acceptedAtMs ?? null };
      const told = hrlinkId === null ? {} : { hrlinkId };
      this.keep({ kind, refKey, runId, error, state, ...before, ...told, completedAtMs: atMs });
    }
  }

  /** Takes over a record that was kept elsewhere. */
  restore(record: ExportRecord): void {
    if (record.acceptedAtMs !== null) {
      this.counts[record.kind].accepted += 1;
      if (record.state !== 'accepted') this.count(record.kind, record.state);
    }
    this.keep(record);
  }

  async find(refKey: string): Promise<readonly ExportRecord[]> {
    return exportKinds.flatMap((kind) => this.records.get(key(kind, refKey)) ?? []);
  }

  async page({ kind, state, offset, limit }: ExportQuery): Promise<readonly ExportRecord[]> {
    const found: ExportRecord[] = [];
    let skipped = 0;
    for (const record of this.records.values()) {
      if (found.length >= limit) break;
      const isAsked = (kind ?? record.kind) === record.kind && (state ?? record.state) === record.state;
      if (isAsked && skipped < offset) skipped += 1;
      else if (isAsked) found.push(record);
    }
    return found;
  }

  async totals(): Promise<Totals> {
    return structuredClone(this.counts);
  }

  async clear(): Promise<void> {
    this.records.clear();
    this.counts = noCounts();
  }

  /** An object that was sent got its answer. */
  private count(kind: ExportKind, state: 'synced' | 'failed'): void {
    this.counts[kind][state === 'synced' ? 'completed' : 'failed'] += 1;
  }

  private keep(record: ExportRecord): void {
    const name = key(record.kind, record.refKey);
    this.weigh(this.records.get(name), -1);
    this.records.set(name, record);
    this.weigh(record, 1);
    if (this.records.size <= this.maxRecords) return;
    const [oldest, gone] = this.records.entries().next().value!;
    this.records.delete(oldest);
    this.weigh(gone, -1);
  }

  private weigh(record: ExportRecord | undefined, weight: 1 | -1): void {
    if (record === undefined) return;
    const counts = this.counts[record.kind];
    if (record.state === 'accepted') counts.pending += weight;
    if (record.hrlinkId !== null) counts.mapped += weight;
  }
}

function key(kind: ExportKind, refKey: string): string {
  return `${kind}/${refKey}`;
}

function noCounts(): Totals {
  const none = exportKinds.map((kind) => [kind, { accepted: 0, completed: 0, failed: 0, pending: 0, mapped: 0 }]);
  return Object.fromEntries(none) as Totals;
}
