import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { DEFAULT_TENANT, Tenants } from '../flow/tenants.js';
import { AstralOutbox } from '../protocol/astral/astral-outbox.js';
import { AdminRefusalInterceptor } from './admin-refusal.interceptor.js';
import { eventView } from './admin-views.js';

const pageSchema = z.object({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int('must be a whole number').min(1).max(1000, 'must be 1..1000').default(100),
});
const callbackSchema = z.strictObject({
  url: z
    .string()
    .max(2000)
    .refine((text) => URL.canParse(text) && /^https?:/.test(text), 'must be an http(s) URL or null')
    .nullable(),
});

/** Result events with their delivery, and where tenants are called back. */
@ApiTags('events')
@Controller('__admin')
@UseInterceptors(AdminRefusalInterceptor)
export class EventsAdminController {
  constructor(
    private readonly outbox: AstralOutbox,
    private readonly tenants: Tenants,
    private readonly journal: Journal,
  ) {}

  @Get('events')
  @ApiOperation({ summary: 'result events, oldest first, with bodies and delivery' })
  @ApiQuery({ name: 'after', required: false, description: 'events after this id' })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 1000' })
  async list(@Query() query: unknown) {
    const { after, limit } = checked(pageSchema, query);
    return { events: (await this.outbox.page(DEFAULT_TENANT, after, limit)).map(eventView) };
  }

  @Post('events/:id/redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'posts an event again under its own id' })
  async redeliver(@Param('id') id: string, @Caller() by: string): Promise<{ id: string }> {
    await this.outbox.redeliver(id);
    this.journal.note('admin.events.redeliver', 'changed', { id, by });
    return { id };
  }

  @Get('tenants/:tenant/callback')
  @ApiOperation({ summary: 'callback address of a tenant; null: the tenant polls' })
  callback(@Param('tenant') tenant: string) {
    return { url: this.tenants.callbackUrl(this.known(tenant)) ?? null };
  }

  @Put('tenants/:tenant/callback')
  @ApiOperation({ summary: 'sets the callback address; null switches to polling' })
  @ApiBody(bodySchema(callbackSchema))
  setCallback(@Param('tenant') tenant: string, @Body() body: unknown, @Caller() by: string) {
    const { url } = checked(callbackSchema, body);
    this.tenants.setCallbackUrl(this.known(tenant), url ?? undefined);
    this.journal.note('admin.tenants.callback', 'changed', { tenant, url, by });
    return { url };
  }

  private known(tenant: string): string {
    if (this.tenants.has(tenant)) return tenant;
    throw new AdminError(404, `no tenant "${tenant.slice(0, 100)}", known is ${DEFAULT_TENANT}`);
  }
}
