import { Injectable } from '@nestjs/common';
import { Population } from '@poligon/people';
import { BulkPush } from '../protocol/hrlink/bulk-push.js';
import { DocumentPush } from '../protocol/hrlink/document-push.js';
import { Portal } from '../protocol/hrlink/portal.js';
import type { RunSession } from '../protocol/hrlink/portal-connection.js';
import { Registries } from '../protocol/hrlink/registries.js';
import { ExportStore } from '../state/export.store.js';
import { ReceivedStore } from '../state/received.store.js';
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
    if ('run' in job) return job.run(await this.open(session));
    const { config, http, time } = this.portal;
    return job.exchange({ parts: { config, http, time }, session, people: this.people, staff: this.staff.current });
  }

  /** Connects to HRLink first. @throws PortalFailure */
  private async open(session: RunSession): Promise<JobWork> {
    const connection = await this.portal.connect(session);
    return {
      connection,
      bulk: new BulkPush(this.portal, connection, this.exports),
      registries: new Registries(this.portal, connection),
      people: this.people,
      staff: this.staff.current,
      exports: this.exports,
      received: this.received,
      time: this.portal.time,
      documents: new DocumentPush(this.portal, connection, this.exports),
      config: this.portal.config,
      printFormsPerRun: this.portal.config.printFormsPerRun,
    };
  }
}
