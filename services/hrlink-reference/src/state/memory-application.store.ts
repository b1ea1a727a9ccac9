import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { Application } from '../domain/application.js';
import { type ApplicationFilter, matchesApplication } from '../domain/application-filter.js';
import { isApplicationOver } from '../domain/application-lifecycle.js';
import { ApplicationStore } from './application.store.js';
import { BoundedTable } from './bounded-table.js';
import { newestPage } from './newest-page.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Applications in memory; processed, rejected and withdrawn ones give way. */
@ResetOnAdmin()
@Injectable()
export class MemoryApplicationStore extends ApplicationStore {
  private readonly table: BoundedTable<Application>;
  private created = 0;

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({ limit: limits.objects, isOver: isApplicationOver });
  }

  save(application: Application): void {
    if (this.table.get(application.id) === undefined) this.created += 1;
    this.table.put(application);
  }

  byId(id: string): Application | undefined {
    return this.table.get(id);
  }

  registry(filter: ApplicationFilter, offset: number, limit: number): Application[] {
    const matching = [...this.table.values()].filter((application) => matchesApplication(application, filter));
    return newestPage(matching, offset, limit);
  }

  count(): number {
    return this.created;
  }

  reset(): void {
    this.table.clear();
    this.created = 0;
  }
}
