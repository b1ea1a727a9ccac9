import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { JobScheduler } from '../schedule/job-scheduler.js';
import { ExportStore } from '../state/export.store.js';
import { JobRunStore } from '../state/job-run.store.js';
import { ObjectStore } from '../state/object.store.js';
import { ReceivedStore } from '../state/received.store.js';
import { JobRunner } from './job-runner.js';
import { StaffHolder } from './staff-holder.js';

/** Brings the infobase back to its start: runs are interrupted, history, maps and admin changes forgotten. */
@ResetOnAdmin()
@Injectable()
export class InfobaseReset implements Resettable {
  constructor(
    private readonly runner: JobRunner,
    private readonly scheduler: JobScheduler,
    private readonly staff: StaffHolder,
    private readonly runs: JobRunStore,
    private readonly exports: ExportStore,
    private readonly received: ReceivedStore,
    private readonly objects: ObjectStore,
  ) {}

  async reset(): Promise<void> {
    await this.runner.interrupt();
    await Promise.all([this.runs.clear(), this.exports.clear(), this.received.clear(), this.objects.clear()]);
    this.staff.restore();
    this.scheduler.restore();
  }
}
