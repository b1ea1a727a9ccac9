import type { OnModuleInit } from '@nestjs/common';
import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { JobRun } from '../domain/job-run.js';
import { JobRunStore } from './job-run.store.js';
import { everyDocument } from './ledger.js';
import { MemoryJobRunStore } from './memory-job-run.store.js';

const KEEP_FOR_MS = 400 * 86_400_000;

/** The history of jobs in the state of the service. A run that the end of the process cut short reads as interrupted. */
export class KeptJobRunStore extends JobRunStore implements OnModuleInit {
  private readonly memory: MemoryJobRunStore;
  private readonly documents: DocumentStore<JobRun>;

  constructor(state: State, maxRunsPerJob: number) {
    super();
    this.memory = new MemoryJobRunStore(maxRunsPerJob);
    this.documents = state.documents<JobRun>({
      ...{ table: 'onec.job_run', cachedDocuments: 0, keepForMs: KEEP_FOR_MS },
    });
  }

  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  override async refresh(): Promise<void> {
    await this.memory.clear();
    for await (const { document } of everyDocument(this.documents)) {
      await this.memory.start(document);
      const end = { finishedAt: document.finishedAt ?? document.startedAt, outcome: document.outcome ?? 'interrupted' };
      await this.memory.finish({ ...document, ...end });
    }
  }

  async start(run: JobRun): Promise<void> {
    await this.memory.start(run);
    await this.documents.put(run.id, structuredClone(run));
  }

  async finish(run: JobRun): Promise<void> {
    await this.memory.finish(run);
    await this.documents.put(run.id, structuredClone(run));
  }

  find(runId: string) {
    return this.memory.find(runId);
  }

  latest(job: string, limit: number) {
    return this.memory.latest(job, limit);
  }

  totals(job: string) {
    return this.memory.totals(job);
  }

  async clear(): Promise<void> {
    await this.documents.remove();
    await this.memory.clear();
  }
}
