import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { normalisePhone, normaliseSnils } from '@poligon/people';
import { z } from 'zod';
import { requireState, type IssueRequest } from '../domain/issue-request.js';
import { REJECTION_CODES, rejection } from '../domain/rejection.js';
import { IssueRequests } from '../flow/issue-requests.js';
import { IssuingDesk } from '../flow/issuing-desk.js';
import { IssueRequestStore, type ApplicantKey } from '../state/issue-request.store.js';
import { AdminRefusalInterceptor } from './admin-refusal.interceptor.js';
import { requestView } from './admin-views.js';

const querySchema = z.object({
  phone: z.string().max(30).optional(),
  snils: z.string().max(30).optional(),
  eventId: z.string().max(100).optional(),
  limit: z.coerce.number().int('must be a whole number').min(1).max(1000, 'must be 1..1000').default(100),
});
const rejectSchema = z.strictObject({
  reason: z.enum(REJECTION_CODES, { error: `must be one of ${REJECTION_CODES.join(', ')}` }),
});

/** Issue requests: who waits for what, and a hand to move them on. */
@ApiTags('issue requests')
@Controller('__admin/issue-requests')
@UseInterceptors(AdminRefusalInterceptor)
export class IssueRequestsAdminController {
  constructor(
    private readonly store: IssueRequestStore,
    private readonly requests: IssueRequests,
    private readonly desk: IssuingDesk,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'requests, newest first; of one person by phone or СНИЛС, or the one of an event' })
  @ApiQuery({ name: 'phone', required: false, description: 'any usual form' })
  @ApiQuery({ name: 'snils', required: false, description: 'any usual form' })
  @ApiQuery({ name: 'eventId', required: false, description: 'id of the registration event' })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 1000' })
  async list(@Query() query: unknown) {
    const { eventId, limit, ...person } = checked(querySchema, query);
    if (eventId === undefined) return { requests: (await this.store.recent(limit, keyOf(person))).map(requestView) };
    const found = await this.store.find(eventId);
    return { requests: found === undefined ? [] : [requestView(found)] };
  }

  @Get(':id')
  @ApiOperation({ summary: 'one request' })
  async find(@Param('id') id: string) {
    return requestView(await this.requests.require(id));
  }

  @Post(':id/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'stops the request: nothing happens to it by itself until it is moved here' })
  hold(@Param('id') id: string, @Caller() by: string) {
    return this.act('hold', id, by, async () => {
      await this.requests.change(id, (request) => ({ ...request, isHeld: true }));
      this.desk.stop(id);
    });
  }

  @Post(':id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'next step without checks: as if passed, or as if confirmed at Госуслуги' })
  approve(@Param('id') id: string, @Caller() by: string) {
    return this.act('approve', id, by, async () => this.desk.approve(await this.released(id)));
  }

  @Post(':id/confirm-gosuslugi')
  @HttpCode(200)
  @ApiOperation({ summary: 'the employee confirms at Госуслуги; only for a request that awaits it' })
  confirm(@Param('id') id: string, @Caller() by: string) {
    return this.act('confirm-gosuslugi', id, by, async () => {
      requireState(await this.requests.require(id), 'AWAITING_GOSUSLUGI');
      await this.desk.approve(await this.released(id));
    });
  }

  @Post(':id/issue-now')
  @HttpCode(200)
  @ApiOperation({ summary: 'makes the certificate at once, whatever the request waits for' })
  issueNow(@Param('id') id: string, @Caller() by: string) {
    return this.act('issue-now', id, by, async () => this.desk.issueNow(await this.released(id)));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'rejects the request with a reason' })
  @ApiBody(bodySchema(rejectSchema))
  reject(@Param('id') id: string, @Body() body: unknown, @Caller() by: string) {
    const { reason } = checked(rejectSchema, body);
    return this.act('reject', id, by, async () => {
      await this.desk.reject(await this.requests.require(id), rejection(reason));
    });
  }

  @Post(':id/expire')
  @HttpCode(200)
  @ApiOperation({ summary: 'ends the wait for Госуслуги without a confirmation' })
  expire(@Param('id') id: string, @Caller() by: string) {
    return this.act('expire', id, by, async () => this.desk.expire(await this.requests.require(id)));
  }

  /** Begun requests only: one whose code was not confirmed is not the authority's to move. */
  private released(id: string): Promise<IssueRequest> {
    return this.requests.change(id, (request) => {
      requireState(request, 'ACCEPTED', 'CHECKING', 'AWAITING_GOSUSLUGI', 'ISSUING');
      return { ...request, isHeld: false };
    });
  }

  private async act(action: string, id: string, by: string, work: () => Promise<void>) {
    await work();
    this.journal.note(`admin.issue-requests.${action}`, 'changed', { id, by });
    return requestView(await this.requests.require(id));
  }
}

function keyOf({ phone, snils }: { phone?: string; snils?: string }): ApplicantKey | undefined {
  if (phone !== undefined) return { phone: required(normalisePhone(phone), 'phone: must be a Russian phone number') };
  if (snils !== undefined) return { snils: required(normaliseSnils(snils), 'snils: must be eleven digits') };
  return undefined;
}

function required(given: string | undefined, rule: string): string {
  if (given !== undefined) return given;
  throw new AdminError(400, rule);
}
