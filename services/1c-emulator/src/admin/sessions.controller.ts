import { Controller, Delete, Get, HttpCode, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, Caller, Clock, CONFIG, Journal } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';
import { SessionPool } from '../flow/session-pool.js';

/** Sessions that web services opened, and the licences they take. */
@ApiTags('sessions')
@Controller('__admin/sessions')
export class SessionsController {
  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly pool: SessionPool,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'sessions of web services, oldest first' })
  list() {
    const nowMs = this.clock.monotonicMs();
    const sessions = this.pool.all.map(({ id, user, isBusy, isOwned, lastUsedMs }) => ({
      ...{ id, user, isBusy, isOwned },
      idleMs: isBusy ? 0 : Math.round(nowMs - lastUsedMs),
    }));
    const { licences, poolSize, reuseSessions } = this.config;
    return {
      reuseSessions,
      poolSize,
      licences: licences === 0 ? null : licences,
      waiting: this.pool.waitingCalls,
      sessions,
    };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'ends a session as an administrator does' })
  kill(@Param('id') id: string, @Caller() by: string) {
    if (!this.pool.kill(id)) throw new AdminError(404, `no session "${id}"`);
    this.journal.note('admin.session', 'killed', { session: id, by });
  }
}
