import { Controller, Delete, Patch, Put, Req } from '@nestjs/common';
import { CurrentExchange, Operation, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { WebServiceDoor } from '../http/web-service-door.js';
import { readBody } from './body-reader.js';
import { ObjectWriter } from './object-writer.js';
import { bendsOf, marked } from './odata-bends.js';
import { odataOperation } from './odata-operation.js';
import { WriteRequest } from './write-request.js';

/** PATCH, PUT and DELETE of the standard interface. */
@Controller('odata/standard.odata')
export class ODataChangeController {
  constructor(
    private readonly door: WebServiceDoor,
    private readonly requests: WriteRequest,
    private readonly writer: ObjectWriter,
  ) {}

  @Patch('*')
  @Operation('odata.patch', { ...odataOperation, about: 'partial write of an object; answers with the whole of it' })
  patch(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => {
      const { call, set, key } = this.requests.target(request);
      const bends = bendsOf(exchange);
      const row = await this.writer.patch({ set, key }, readBody(request.body), bends);
      return marked(this.requests.whole(call, set, row), bends);
    });
  }

  @Put('*')
  @Operation('odata.put', { ...odataOperation, about: 'full write of an object' })
  put(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => {
      const { call, set, key } = this.requests.target(request);
      const bends = bendsOf(exchange);
      const row = await this.writer.replace({ set, key }, readBody(request.body), bends);
      return marked(this.requests.whole(call, set, row), bends);
    });
  }

  @Delete('*')
  @Operation('odata.delete', { ...odataOperation, about: 'physical removal of an object' })
  remove(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => {
      const { set, key } = this.requests.target(request);
      await this.writer.remove(set, key);
      return WireReply.empty(204);
    });
  }
}
