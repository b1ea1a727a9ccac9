import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { ChangeLog } from '../domain/change-log.js';
import { UNIVERSAL_PLAN } from '../domain/exchange-plan.js';
import { BACKGROUND_STATES, BackgroundJobs } from '../flow/exchange/background-jobs.js';
import { ExchangeFiles } from '../flow/exchange/exchange-files.js';
import { ExchangeNodes } from '../flow/exchange/exchange-nodes.js';

const MAX_SHOWN = 200;
const stateBody = z.strictObject({
  state: z.enum(BACKGROUND_STATES, `must be one of ${BACKGROUND_STATES.join(', ')}`),
  error: z.string().max(1000).nullable().default(null),
});

/** Data exchange: nodes with their message numbers and what waits for them, background jobs, files. */
@ApiTags('exchange')
@Controller('__admin/exchange')
export class ExchangeController {
  constructor(
    private readonly nodes: ExchangeNodes,
    private readonly changes: ChangeLog,
    private readonly jobs: BackgroundJobs,
    private readonly files: ExchangeFiles,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'nodes, newest background jobs, files' })
  view() {
    const nodes = this.nodes.all(UNIVERSAL_PLAN).map(({ key, code, isOwn, sentNo, receivedNo }) => ({
      ...{ refKey: key, code, isOwn, sentNo, receivedNo },
      pending: isOwn ? 0 : this.changes.pending(key),
      awaitsEverything: this.changes.isWholeFor(key),
    }));
    return { plan: UNIVERSAL_PLAN, nodes, jobs: this.jobs.all.slice(0, MAX_SHOWN), files: this.files.usage };
  }

  @Put('jobs/:id')
  @ApiOperation({ summary: 'puts a background job into a state by hand' })
  @ApiBody(bodySchema(stateBody))
  force(@Param('id') id: string, @Body() body: unknown, @Caller() by: string) {
    const { state, error } = checked(stateBody, body);
    if (!this.jobs.force(id, state, error)) throw new AdminError(404, `no background job "${id}"`);
    this.journal.note('admin.exchange.job', state, { job: id, by });
    return this.jobs.find(id);
  }
}
