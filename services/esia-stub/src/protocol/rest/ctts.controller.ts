import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { CONTACTS } from '../../domain/person-items.js';
import { pathSubject } from '../call-facts.js';
import { PersonCollections } from './person-collections.js';

/** `GET /rs/prns/{oid}/ctts` and its elements. */
@Controller('rs/prns/:oid/ctts')
export class CttsController {
  constructor(private readonly collections: PersonCollections) {}

  @Get()
  @Operation('esia.rs.prns.ctts', { about: 'contacts of a person', subject: pathSubject })
  list(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.list(CONTACTS, request, exchange);
  }

  @Get(':id')
  @Operation('esia.rs.prns.ctts.item', { about: 'one element of contacts', subject: pathSubject })
  item(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.item(CONTACTS, request, exchange);
  }
}
