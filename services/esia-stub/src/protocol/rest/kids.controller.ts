import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { KIDS } from '../../domain/person-items.js';
import { pathSubject } from '../call-facts.js';
import { KidDocuments } from './kid-documents.js';
import { PersonCollections } from './person-collections.js';

/** `GET /rs/prns/{oid}/kids` and its elements. */
@Controller('rs/prns/:oid/kids')
export class KidsController {
  constructor(
    private readonly collections: PersonCollections,
    private readonly kidDocs: KidDocuments,
  ) {}

  @Get()
  @Operation('esia.rs.prns.kids', { about: 'children of a person', subject: pathSubject })
  list(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.list(KIDS, request, exchange);
  }

  @Get(':id')
  @Operation('esia.rs.prns.kids.item', { about: 'one element of children', subject: pathSubject })
  item(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.collections.item(KIDS, request, exchange);
  }

  @Get(':id/docs')
  @Operation('esia.rs.prns.kids.docs', { about: 'documents of a child', subject: pathSubject })
  docs(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.kidDocs.list(request, exchange);
  }
}
