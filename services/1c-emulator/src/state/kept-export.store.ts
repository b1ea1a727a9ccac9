import type { OnModuleInit } from '@nestjs/common';
import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { ExportKind, ExportRecord, ExportResult } from '../domain/export-record.js';
import { ExportStore, type ExportMoment, type ExportQuery } from './export.store.js';
import { everyDocument } from './ledger.js';
import { MemoryExportStore } from './memory-export.store.js';

const KEEP_FOR_MS = 400 * 86_400_000;

/** The map of exports in the state of the service. After a restart totals count objects, not how often each was sent. */
export class KeptExportStore extends ExportStore implements OnModuleInit {
  private readonly memory: MemoryExportStore;
  private readonly documents: DocumentStore<ExportRecord>;

  constructor(state: State, maxRecords: number) {
    super();
    this.memory = new MemoryExportStore(maxRecords);
    this.documents = state.documents<ExportRecord>({
      ...{ table: 'onec.export_record', cachedDocuments: 0, keepForMs: KEEP_FOR_MS },
    });
  }

  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  override async refresh(): Promise<void> {
    await this.memory.clear();
    for await (const { document } of everyDocument(this.documents)) this.memory.restore(document);
  }

  async accept(kind: ExportKind, refKeys: readonly string[], moment: ExportMoment): Promise<void> {
    await this.memory.accept(kind, refKeys, moment);
    await this.write(kind, refKeys);
  }

  async complete(kind: ExportKind, results: readonly ExportResult[], moment: ExportMoment): Promise<void> {
    await this.memory.complete(kind, results, moment);
    await this.write(
      kind,
      results.map(({ refKey }) => refKey),
    );
  }

  find(refKey: string) {
    return this.memory.find(refKey);
  }

  page(query: ExportQuery) {
    return this.memory.page(query);
  }

  totals() {
    return this.memory.totals();
  }

  async clear(): Promise<void> {
    await this.documents.remove();
    await this.memory.clear();
  }

  private async write(kind: ExportKind, refKeys: readonly string[]): Promise<void> {
    const found = await Promise.all(refKeys.map((refKey) => this.memory.find(refKey)));
    const records = found.flat().filter((record) => record.kind === kind);
    await Promise.all(records.map((record) => this.documents.put(`${kind}/${record.refKey}`, record)));
  }
}
