import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CurrentExchange, Operation, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { WebServiceDoor } from '../http/web-service-door.js';
import type { ODataCall } from './odata-call.js';
import type { Address } from './address.js';
import { readBody } from './body-reader.js';
import { ChangeExchange } from './change-exchange.js';
import { ObjectMethods } from './object-methods.js';
import { ObjectWriter, type WriteMode } from './object-writer.js';
import { bendsOf, marked } from './odata-bends.js';
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
    private readonly methods: ObjectMethods,
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
      return marked(
        await this.answer(address, call, { body: request.body, bends, isLoading: isLoadMode(request) }),
        bends,
      );
    });
  }

  private async answer(
    address: Address,
    call: ODataCall,
    { body, ...mode }: WriteMode & { readonly body: unknown },
  ): Promise<WireReply> {
    switch (address.kind) {
      case 'set':
        return this.requests.created(call, address.set, await this.writer.create(address.set, readBody(body), mode));
      case 'method':
        await this.methods.perform(address, call);
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

/** Objects are loaded as they are: nothing is numbered and no handler runs (1c.md 2.1, Writes). */
function isLoadMode({ headers }: FastifyRequest): boolean {
  return String(headers['1c_odata-dataloadmode'] ?? '').toLowerCase() === 'true';
}

/** Finer names of a POST by what its path names. */
function postOperation(url: string): string | undefined {
  if (/\/(SelectChanges|NotifyChangesReceived)(\(\))?\/?(\?|$)/.test(url)) return 'odata.changes';
  return /\/((Un)?[Pp]ost|Start|ExecuteTask)(\([^/]*\))?\/?(\?|$)/.test(url) ? 'odata.post' : undefined;
}
