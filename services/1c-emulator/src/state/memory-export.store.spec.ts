import { describeExportStore } from './export-store-contract.js';
import { MemoryExportStore } from './memory-export.store.js';

describeExportStore('memory', async (maxRecords) => new MemoryExportStore(maxRecords));
