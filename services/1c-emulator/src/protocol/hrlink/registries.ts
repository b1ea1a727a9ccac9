import { buildBody, type HrlinkOperation } from '@poligon/hrlink-api';
import { z } from 'zod';
import type { Portal } from './portal.js';
import type { PortalConnection } from './portal-connection.js';
import { FAILURE_TEXTS, PortalFailure } from './portal-failure.js';

const instant = z.iso.datetime({ offset: true });

const documentCard = z.object({
  id: z.string(),
  baseDocumentId: z.string().nullish(),
  deleted: z.boolean().nullish(),
  docflowFinishedDate: instant.nullish(),
});
const application = z.object({ id: z.string(), docflowFinishedDate: instant.nullish() });
const documentGroup = z.object({ documents: z.array(z.unknown()) });
const applicationGroup = z.object({ applications: z.array(z.unknown()) });

export type DocumentRow = z.output<typeof documentCard>;
export type ApplicationRow = z.output<typeof application>;

/** Reads HRLink's registries page by page, 50 rows each (hrlink.md 2.1, 2.6, 2.7). Rows of another shape are passed over. */
export class Registries {
  constructor(
    private readonly portal: Portal,
    private readonly connection: PortalConnection,
  ) {}

  /** Every document of the tenant. */
  async *documents(): AsyncGenerator<DocumentRow> {
    for await (const group of this.rows('documentGroups.getHrRegistry', {})) {
      const parsed = documentGroup.safeParse(group);
      for (const row of parsed.data?.documents ?? []) {
        const card = documentCard.safeParse(row);
        if (card.success) yield card.data;
      }
    }
  }

  /** @param finishedFrom `applicationDocflowFinishedDateFrom`: only what finished at that moment or later */
  async *finishedApplications(finishedFrom: string | undefined): AsyncGenerator<ApplicationRow> {
    const filter = finishedFrom === undefined ? {} : { applicationDocflowFinishedDateFrom: finishedFrom };
    for await (const group of this.rows('applicationGroups.getHrRegistry', filter)) {
      const parsed = applicationGroup.safeParse(group);
      for (const row of parsed.data?.applications ?? []) {
        const found = application.safeParse(row);
        if (found.success) yield found.data;
      }
    }
  }

  /** Pages are asked for until one comes back short. @throws PortalFailure when the registry does not end */
  private async *rows(operation: HrlinkOperation, filter: Record<string, unknown>): AsyncGenerator<unknown> {
    const { registryBatch: limit, registryMaxPages } = this.portal.config;
    for (let page = 0; page < registryMaxPages; page += 1) {
      const params = { ...filter, limit, offset: page * limit };
      const groups = await this.connection.list(operation, buildBody(this.portal.profile, operation, params));
      yield* groups;
      if (groups.length < limit) return;
    }
    throw new PortalFailure(FAILURE_TEXTS.tooManyPages(registryMaxPages));
  }
}

/** A sent document whose docflow is over, signed or rejected (client-side states 4 and 5, hrlink.md 4.1). */
export function finishedAt({ baseDocumentId, deleted, docflowFinishedDate }: DocumentRow): string | undefined {
  const isSent = (baseDocumentId ?? null) !== null && deleted !== true;
  return isSent ? (docflowFinishedDate ?? undefined) : undefined;
}
