import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { Organisations } from './organisations.js';

/** `GET /rs/orgs/{orgOid}` with its collections (рекомендации, 2.13); the token carries scopes of the organisation. */
@Controller('rs/orgs/:orgOid')
export class OrgsController {
  constructor(private readonly organisations: Organisations) {}

  @Get()
  @Operation('esia.rs.orgs', { about: 'organisation' })
  describe(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.organisations.describe(request, exchange);
  }

  @Get('emps/:prnOid/grps')
  @Operation('esia.rs.orgs.emps.grps', { about: 'access groups of an employee' })
  groups(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.organisations.employeeGroups(request, exchange);
  }

  @Get(':collection')
  @Operation('esia.rs.orgs.list', { about: 'collection of an organisation' })
  list(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.organisations.list(request, exchange);
  }

  @Get(':collection/:id')
  @Operation('esia.rs.orgs.item', { about: 'element of a collection of an organisation' })
  item(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.organisations.item(request, exchange);
  }
}
