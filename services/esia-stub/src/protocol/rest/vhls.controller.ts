import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { VEHICLES } from '../../domain/person-items.js';
import { pathSubject } from '../call-facts.js';
import { PersonCollections } from './person-collections.js';

/** `GET /rs/prns/{oid}/vhls` and its elements. */
@Controller('rs/prns/:oid/vhls')
export class VhlsController {
  constructor(private readonly collections: PersonCollections) {}

  @Get()
  @Operation('esia.rs.prns.vhls', { about: 'vehicles of a person', subject: pathSubject })
  list(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.list(VEHICLES, request, exchange);
  }

  @Get(':id')
  @Operation('esia.rs.prns.vhls.item', { about: 'one element of vehicles', subject: pathSubject })
  item(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.item(VEHICLES, request, exchange);
  }
}
