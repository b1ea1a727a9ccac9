import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, checked } from '@poligon/emulator-kit';
import { z } from 'zod';
import { EXPORT_KINDS, EXPORT_STATES, exportKinds, type ExportRecord } from '../domain/export-record.js';
import { ExportStore } from '../state/export.store.js';
import { ReceivedStore } from '../state/received.store.js';

const query = z.object({
  kind: z.enum(exportKinds as [keyof typeof EXPORT_KINDS], `must be one of ${exportKinds.join(', ')}`).optional(),
  state: z.enum(EXPORT_STATES, `must be one of ${EXPORT_STATES.join(', ')}`).optional(),
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000, 'must be 1..1000').default(50),
});

/** Ref_Key, externalId, HRLink's id: what 1C told HRLink and what came of it. */
@ApiTags('exports')
@Controller('__admin/exports')
export class ExportsController {
  constructor(
    private readonly exports: ExportStore,
    private readonly received: ReceivedStore,
  ) {}

  @Get()
  @ApiOperation({ summary: 'totals per kind, what was taken over from HRLink, and a page of the map' })
  @ApiQuery({ name: 'kind', required: false, description: exportKinds.join(', ') })
  @ApiQuery({ name: 'state', required: false, description: EXPORT_STATES.join(', ') })
  @ApiQuery({ name: 'offset', required: false })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 1000' })
  async list(@Query() input: unknown) {
    const page = await this.exports.page(checked(query, input));
    return { totals: await this.exports.totals(), received: await this.received.totals(), exports: page.map(view) };
  }

  @Get(':refKey')
  @ApiOperation({ summary: 'everything known of one Ref_Key' })
  async find(@Param('refKey') refKey: string) {
    const records = await this.exports.find(refKey.toLowerCase());
    if (records.length === 0) throw new AdminError(404, `nothing was exported under "${refKey}"`);
    return { exports: records.map(view) };
  }
}

function view({ kind, refKey, acceptedAtMs, completedAtMs, ...rest }: ExportRecord) {
  return {
    kind,
    catalogue: EXPORT_KINDS[kind],
    refKey,
    // the extension uses Ref_Key as the externalId
    externalId: refKey,
    ...rest,
    acceptedAt: isoOrNull(acceptedAtMs),
    completedAt: isoOrNull(completedAtMs),
  };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
