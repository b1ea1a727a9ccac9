import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { DOCUMENTS } from '../../domain/person-items.js';
import { pathSubject } from '../call-facts.js';
import { PersonCollections } from './person-collections.js';

/** `GET /rs/prns/{oid}/docs` and its elements. */
@Controller('rs/prns/:oid/docs')
export class DocsController {
  constructor(private readonly collections: PersonCollections) {}

  @Get()
  @Operation('esia.rs.prns.docs', { about: 'documents of a person', subject: pathSubject })
  list(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.list(DOCUMENTS, request, exchange);
  }

  @Get(':id')
  @Operation('esia.rs.prns.docs.item', { about: 'one element of documents', subject: pathSubject })
  item(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.item(DOCUMENTS, request, exchange);
  }
}
