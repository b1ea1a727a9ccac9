import { issueRequestStoreContract } from './issue-request.store-contract.js';
import { MemoryIssueRequestStore } from './memory-issue-request.store.js';

describe('MemoryIssueRequestStore', () => {
  issueRequestStoreContract(() => new MemoryIssueRequestStore({ maxRequests: 3 }));
});
