import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CurrentExchange, Operation, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { WebServiceDoor } from '../http/web-service-door.js';
import type { ODataCall } from './odata-call.js';
import type { Address } from './address.js';
import { readBody } from './body-reader.js';
import { ChangeExchange } from './change-exchange.js';
import { ObjectWriter } from './object-writer.js';
import { bendsOf, marked, type ODataBends } from './odata-bends.js';
import { odataFailure } from './odata-failure.js';
import { odataOperation } from './odata-operation.js';
import { WriteRequest } from './write-request.js';

/** POST of the standard interface: creation, and methods of objects. */
@Controller('odata/standard.odata')
export class ODataPostController {
  constructor(
    private readonly door: WebServiceDoor,
    private readonly requests: WriteRequest,
    private readonly writer: ObjectWriter,
    private readonly changes: ChangeExchange,
  ) {}

  @Post(['', '*'])
  @HttpCode(201)
  @Operation('odata.create', {
    ...odataOperation,
    about: 'creation of an object, or a method of one',
    refine: ({ raw, url }) => postOperation(raw.url ?? url),
    also: ['odata.post', 'odata.changes'],
  })
  post(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => {
      const { call, address } = this.requests.address(request);
      const bends = bendsOf(exchange);
      return marked(await this.answer(address, call, { body: request.body, bends }), bends);
    });
  }

  private async answer(
    address: Address,
    call: ODataCall,
    { body, bends }: { readonly body: unknown; readonly bends: ODataBends | undefined },
  ): Promise<WireReply> {
    switch (address.kind) {
      case 'set':
        return this.requests.created(call, address.set, await this.writer.create(address.set, readBody(body), bends));
      case 'method':
        await this.writer.post(address.set, address.key, address.method === 'Post');
        return WireReply.empty(200);
      case 'batch':
        throw odataFailure('batch-not-supported');
      case 'exchange':
        return this.changes.answer(address.action, call);
      default:
        throw odataFailure('method-forbidden');
    }
  }
}

/** Finer names of a POST by what its path names. */
function postOperation(url: string): string | undefined {
  if (/\/(SelectChanges|NotifyChangesReceived)(\(\))?\/?(\?|$)/.test(url)) return 'odata.changes';
  return /\/(Un)?[Pp]ost(\(\))?\/?(\?|$)/.test(url) ? 'odata.post' : undefined;
}
