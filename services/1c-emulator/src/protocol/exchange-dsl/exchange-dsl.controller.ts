import { All, Controller, Req } from '@nestjs/common';
import { CurrentExchange, Operation, ProtocolError, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { exchangeFateOf } from '../../flow/exchange/exchange-fate.js';
import { ExchangeOperations } from '../../flow/exchange/exchange-operations.js';
import { ExchangeRefusal } from '../../flow/exchange/exchange-refusal.js';
import { loginOf, WebServiceDoor } from '../http/web-service-door.js';
import { DSL_OPERATIONS, type DslAnswer, type DslCall } from './exchange-dsl-operations.js';

const NAME = 'exchange_dsl_1_0_0_1';
/** JSON of this service goes under this type (1c.md 2.3). */
const JSON_TYPE = 'text/html; charset=utf-8';
const VERSION = '1';

/** The built-in HTTP service of data exchange: `/hs/exchange_dsl_1_0_0_1/version` and `/hs/exchange_dsl_1_0_0_1/1/<operation>`. */
@Controller(`hs/${NAME}`)
export class ExchangeDslController {
  constructor(
    private readonly door: WebServiceDoor,
    private readonly exchange: ExchangeOperations,
  ) {}

  @All('*')
  @Operation('hs.exchange', {
    about: 'call of the built-in service of data exchange',
    client: loginOf,
    facts: (request) => ({ service: NAME, method: operationOf(request).at(-1) ?? '' }),
  })
  call(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, () => this.answer(request, exchange));
  }

  private async answer(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const [version, name, ...rest] = operationOf(request);
    if (version === 'version' && name === undefined) return WireReply.text(VERSION, 200, JSON_TYPE);
    const names = Object.keys(DSL_OPERATIONS);
    if (name === undefined || rest.length > 0 || !names.some((known) => known.endsWith(` ${name}`))) {
      throw new ProtocolError('no-template');
    }
    const key = `${request.method} ${name}`;
    if (!names.includes(key)) throw new ProtocolError('no-method');
    try {
      return written(await DSL_OPERATIONS[key]!(this.exchange, callOf(request, exchange)));
    } catch (failure) {
      if (!(failure instanceof ExchangeRefusal)) throw failure;
      return WireReply.json({ Message: failure.message }, 400, JSON_TYPE);
    }
  }
}

/** Decoded segments below the service. */
function operationOf({ raw, url }: FastifyRequest): string[] {
  const path = (raw.url ?? url).split('?', 1)[0]!;
  return path
    .slice(path.indexOf(NAME) + NAME.length)
    .split('/')
    .filter((part) => part !== '');
}

function callOf({ raw, url, body }: FastifyRequest, exchange: Exchange): DslCall {
  const query = new URLSearchParams((raw.url ?? url).split('?', 2)[1] ?? '');
  const text = (name: string): string => query.get(name) ?? '';
  return {
    text,
    number: (name) => (/^\d{1,9}$/.test(text(name)) ? Number(text(name)) : 0),
    body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '', 'utf8'),
    fate: exchangeFateOf(exchange),
  };
}

function written(answer: DslAnswer): WireReply {
  if (Buffer.isBuffer(answer)) return new WireReply(200, { 'content-type': 'application/octet-stream' }, answer);
  return WireReply.json(answer, 200, JSON_TYPE);
}
