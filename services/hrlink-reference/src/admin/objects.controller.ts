import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, checked } from '@poligon/emulator-kit';
import { z } from 'zod';
import { WORK_KINDS } from '../domain/ledger.js';
import { Chronicle } from '../flow/chronicle.js';
import { Notices } from '../flow/notices.js';
import { TimelineStore } from '../state/timeline.store.js';
import { Objects } from './objects.js';

const pendingQuery = z.strictObject({
  kind: z.enum(WORK_KINDS),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** What became of everything that was promised. */
@ApiTags('hrlink')
@Controller('__admin')
export class ObjectsController {
  constructor(
    private readonly objects: Objects,
    private readonly timelines: TimelineStore,
    private readonly chronicle: Chronicle,
    private readonly notices: Notices,
  ) {}

  @Get('objects/:name')
  @ApiOperation({ summary: 'any object by id or externalId with its transitions' })
  object(@Param('name') name: string) {
    const objects = this.objects.find(name).map((sight) => ({ ...sight, timeline: this.timeline(sight.id) }));
    if (objects.length === 0) throw new AdminError(404, `no object has the id or externalId "${name.slice(0, 100)}"`);
    return { objects };
  }

  @Get('pending')
  @ApiOperation({ summary: 'accepted work that is not over, oldest first: ?kind=&limit=' })
  pending(@Query() query: unknown) {
    const { kind, limit } = checked(pendingQuery, query);
    const pending = this.chronicle.ledger.pending(kind, limit).map(({ id, acceptedAtMs }) => ({
      id,
      acceptedAt: new Date(acceptedAtMs).toISOString(),
      ageMs: this.chronicle.nowMs() - acceptedAtMs,
      last: this.timeline(id).at(-1) ?? null,
    }));
    return { kind, pending };
  }

  @Get('balance')
  @ApiOperation({ summary: 'accepted = completed + failed + pending, per kind, with completion lags' })
  balance() {
    const kinds = this.chronicle.ledger.balance();
    const isBalanced = Object.values(kinds).every((kind) => kind.isBalanced);
    return { isBalanced, kinds, notices: this.notices.counts() };
  }

  private timeline(id: string) {
    return this.timelines.of(id).map(({ atMs, ...rest }) => ({ at: new Date(atMs).toISOString(), ...rest }));
  }
}
