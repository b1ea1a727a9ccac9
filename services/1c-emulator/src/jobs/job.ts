import type { Population } from '@poligon/people';
import type { OneCConfig } from '../config.js';
import type { Staff } from '../domain/staff.js';
import type { BulkPush } from '../protocol/hrlink/bulk-push.js';
import type { DocumentPush } from '../protocol/hrlink/document-push.js';
import type { SiteParts } from '../protocol/commerceml/site-connection.js';
import type { PortalConnection, RunSession } from '../protocol/hrlink/portal-connection.js';
import type { Registries } from '../protocol/hrlink/registries.js';
import type { OneCTime } from '../schedule/one-c-time.js';
import type { ExportStore } from '../state/export.store.js';
import type { ReceivedStore } from '../state/received.store.js';

/** What a job works with during one run. */
export interface JobWork {
  readonly connection: PortalConnection;
  readonly bulk: BulkPush;
  readonly registries: Registries;
  readonly people: Population;
  readonly staff: Staff;
  readonly exports: ExportStore;
  readonly received: ReceivedStore;
  readonly time: OneCTime;
  readonly printFormsPerRun: number;
  readonly documents: DocumentPush;
  readonly config: OneCConfig;
}

/** What an exchange with the web site works with. */
export interface SiteWork {
  readonly parts: SiteParts;
  readonly session: RunSession;
  readonly people: Population;
  readonly staff: Staff;
}

/** A scheduled job that has nothing to do with HRLink. */
export interface SiteJob {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** @throws PortalFailure, RunInterrupted */
  exchange(work: SiteWork): Promise<void>;
}

/** Any job the infobase schedules. */
export type ScheduledWork = OneCJob | SiteJob;

/** A scheduled job of the HR-Link extension (1c.md 2.7). */
export interface OneCJob {
  /** Kebab-case, part of the operation name `onec.job.<name>`. */
  readonly name: string;
  /** Name of the scheduled job in 1C. */
  readonly title: string;
  /** One line for engineers. */
  readonly about: string;
  /** @throws PortalFailure, TaskGaveUp, RunInterrupted */
  run(work: JobWork): Promise<void>;
}
