import { describeJobRunStore } from './job-run-store-contract.js';
import { MemoryJobRunStore } from './memory-job-run.store.js';

describeJobRunStore('memory', async (maxRunsPerJob) => new MemoryJobRunStore(maxRunsPerJob));
