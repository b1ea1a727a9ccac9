import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Operation, type Exchange, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { WebServiceDoor } from '../http/web-service-door.js';
import { ObjectWriter } from './object-writer.js';
import { bendsOf, marked, type ODataBends } from './odata-bends.js';
import { odataCall } from './odata-call.js';
import { AnswerMemory } from './answer-memory.js';
import { GET_OPERATIONS, getOperation, odataOperation } from './odata-operation.js';
import { ODataReader } from './odata-reader.js';

/** GET of the standard interface: service document, `$metadata`, sets, objects, virtual tables. */
@Controller('odata/standard.odata')
export class ODataGetController {
  constructor(
    private readonly door: WebServiceDoor,
    private readonly reader: ODataReader,
    private readonly memory: AnswerMemory,
    private readonly writer: ObjectWriter,
  ) {}

  @Get(['', '*'])
  @Operation('odata.list', {
    ...odataOperation,
    about: 'read of the standard interface: a set, or what `also` names',
    refine: getOperation,
    also: GET_OPERATIONS,
  })
  get(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => {
      const bends = bendsOf(exchange);
      if (bends === undefined) return this.memory.answer(request, () => this.answer(request, undefined));
      return marked(await this.answer(request, bends), bends);
    });
  }

  private async answer(request: FastifyRequest, bends: ODataBends | undefined): Promise<WireReply> {
    const call = odataCall(request);
    if (bends?.isNoisy === true) await this.writer.touch(call.url);
    return this.reader.answer(call, bends);
  }
}
