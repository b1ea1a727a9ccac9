import { Body, Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import { RefusalInterceptor } from '../refusal.interceptor.js';
import { KonturDesk } from './kontur-desk.js';
import { konturSubject as subject } from './kontur-facts.js';
import { KonturKeyInterceptor } from './kontur-key.interceptor.js';

/** Applications of the Контур profile (section 2.2). */
@Controller('kontur/v1/issue-requests')
@UseInterceptors(RefusalInterceptor, KonturKeyInterceptor)
export class IssueRequestsController {
  constructor(private readonly desk: KonturDesk) {}

  @Post()
  @Operation('kontur.create', { about: 'takes in an application', subject })
  async create(@Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    return WireReply.json(await this.desk.create(body, exchange), 201);
  }

  @Post(':id/send-code')
  @Operation('kontur.send-code', { about: 'sends the employee a code by SMS', subject })
  sendCode(@Param('id') id: string, @CurrentExchange() exchange: Exchange) {
    return this.desk.sendCode(id, exchange);
  }

  @Post(':id/confirm')
  @Operation('kontur.confirm', {
    about: 'confirms the application by the code',
    subject,
    journalBody: () => ({ code: '(not kept)' }),
  })
  async confirm(@Param('id') id: string, @Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    return WireReply.json(await this.desk.confirm(id, body, exchange), 202);
  }

  @Get(':id')
  @Operation('kontur.get', { about: 'state of an application, its certificate or error', subject })
  find(@Param('id') id: string) {
    return this.desk.find(id);
  }
}
