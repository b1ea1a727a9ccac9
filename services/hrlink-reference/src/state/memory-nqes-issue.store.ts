import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import { isNqesOver, type NqesIssue } from '../domain/nqes-issue.js';
import { BoundedTable } from './bounded-table.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';
import { NqesIssueStore } from './work.store.js';

/** УНЭП issue requests in memory; issued and failed ones give way. */
@ResetOnAdmin()
@Injectable()
export class MemoryNqesIssueStore extends NqesIssueStore {
  private readonly table: BoundedTable<NqesIssue>;
  /** `kind/value` → issue id. */
  private readonly index = new Map<string, string>();

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    const onEvict = (issue: NqesIssue): void => keysOf(issue).forEach((key) => this.unlink(key, issue.id));
    this.table = new BoundedTable({ limit: limits.objects, isOver: isNqesOver, onEvict });
  }

  save(issue: NqesIssue): void {
    this.table.put(issue);
    for (const key of keysOf(issue)) this.index.set(key, issue.id);
  }

  byId(id: string): NqesIssue | undefined {
    return this.table.get(id);
  }

  openOfUser(clientUserId: string): NqesIssue | undefined {
    const issue = this.lookUp(`user/${clientUserId}`);
    return issue !== undefined && !isNqesOver(issue) ? issue : undefined;
  }

  byCaRequest(caRequestId: string): NqesIssue | undefined {
    return this.lookUp(`ca/${caRequestId}`);
  }

  byEsiaState(state: string): NqesIssue | undefined {
    return this.lookUp(`esia/${state}`);
  }

  reset(): void {
    this.table.clear();
    this.index.clear();
  }

  private lookUp(key: string): NqesIssue | undefined {
    const id = this.index.get(key);
    return id === undefined ? undefined : this.table.get(id);
  }

  private unlink(key: string, id: string): void {
    if (this.index.get(key) === id) this.index.delete(key);
  }
}

function keysOf(issue: NqesIssue): string[] {
  const keys = [`user/${issue.clientUserId}`];
  if (issue.caRequestId !== null) keys.push(`ca/${issue.caRequestId}`);
  if (issue.esiaState !== null) keys.push(`esia/${issue.esiaState}`);
  return keys;
}
