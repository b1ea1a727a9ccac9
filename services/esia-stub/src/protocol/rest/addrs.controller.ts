import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { ADDRESSES } from '../../domain/person-items.js';
import { pathSubject } from '../call-facts.js';
import { PersonCollections } from './person-collections.js';

/** `GET /rs/prns/{oid}/addrs` and its elements. */
@Controller('rs/prns/:oid/addrs')
export class AddrsController {
  constructor(private readonly collections: PersonCollections) {}

  @Get()
  @Operation('esia.rs.prns.addrs', { about: 'addresses of a person', subject: pathSubject })
  list(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.list(ADDRESSES, request, exchange);
  }

  @Get(':id')
  @Operation('esia.rs.prns.addrs.item', { about: 'one element of addresses', subject: pathSubject })
  item(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.item(ADDRESSES, request, exchange);
  }
}
