import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { pathSubject } from '../call-facts.js';
import { Memberships } from './memberships.js';

/** `GET /rs/prns/{oid}/orgs` and `/roles`. */
@Controller('rs/prns/:oid')
export class MembershipsController {
  constructor(private readonly memberships: Memberships) {}

  @Get('orgs')
  @Operation('esia.rs.prns.orgs', { about: 'links to organisations of a person', subject: pathSubject })
  orgs(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.memberships.orgs(request, exchange);
  }

  @Get('roles')
  @Operation('esia.rs.prns.roles', { about: 'memberships of a person', subject: pathSubject })
  roles(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.memberships.roles(request, exchange);
  }
}
