import { Injectable } from '@nestjs/common';
import { Population } from '@poligon/people';
import { BulkPush } from '../protocol/hrlink/bulk-push.js';
import { DocumentPush } from '../protocol/hrlink/document-push.js';
import { Portal } from '../protocol/hrlink/portal.js';
import { PortalFailure } from '../protocol/hrlink/portal-failure.js';
import type { Tenant } from '../protocol/hrlink/tenants.js';
import type { RunSession } from '../protocol/hrlink/portal-connection.js';
import { Registries } from '../protocol/hrlink/registries.js';
import { ExportStore } from '../state/export.store.js';
import { ReceivedOfTenant } from '../state/received-of-tenant.js';
import { ReceivedStore } from '../state/received.store.js';
import { Staff } from '../domain/staff.js';
import type { JobWork, ScheduledWork } from './job.js';
import { StaffHolder } from './staff-holder.js';

/** Lays out what one run works with. */
@Injectable()
export class JobWorkshop {
  constructor(
    private readonly portal: Portal,
    private readonly people: Population,
    private readonly staff: StaffHolder,
    private readonly exports: ExportStore,
    private readonly received: ReceivedStore,
  ) {}

  /** Does the work of one run. @throws PortalFailure, TaskGaveUp, RunInterrupted */
  async perform(job: ScheduledWork, session: RunSession): Promise<void> {
    if ('run' in job) return this.atEveryTenant(session, (work) => job.run(work));
    const { config, http, time } = this.portal;
    return job.exchange({ parts: { config, http, time }, session, people: this.people, staff: this.staff.current });
  }

  /** One portal after another; one that fails does not keep the others from their turn. */
  private async atEveryTenant(session: RunSession, run: (work: JobWork) => Promise<void>): Promise<void> {
    const failures: PortalFailure[] = [];
    for (const tenant of this.portal.tenants) {
      try {
        await run(await this.open(session, tenant));
      } catch (failure) {
        if (!(failure instanceof PortalFailure)) throw failure;
        failures.push(failure);
      }
    }
    if (failures[0] !== undefined) throw failures[0];
  }

  /** Connects to HRLink first. @throws PortalFailure */
  private async open(session: RunSession, tenant: Tenant): Promise<JobWork> {
    const connection = await this.portal.connect(session, tenant);
    return {
      connection,
      bulk: new BulkPush(this.portal, connection, this.exports),
      registries: new Registries(this.portal, connection),
      people: this.people,
      staff: this.staffOf(tenant),
      exports: this.exports,
      received: this.portal.tenants.length > 1 ? new ReceivedOfTenant(this.received) : this.received,
      time: this.portal.time,
      documents: new DocumentPush(this.portal, connection, this.exports),
      config: this.portal.config,
      printFormsPerRun: this.portal.config.printFormsPerRun,
    };
  }

  /** The organisations of one portal among those of the infobase. */
  private staffOf({ firstOrganisation = 0, organisations }: Tenant): Staff {
    const { current } = this.staff;
    if (firstOrganisation === 0 && organisations === undefined) return current;
    const { selection } = current;
    const left = Math.max(0, selection.organisations - firstOrganisation);
    return new Staff(this.people, {
      ...selection,
      firstOrganisation: selection.firstOrganisation + firstOrganisation,
      organisations: Math.min(organisations ?? left, left),
    });
  }
}
