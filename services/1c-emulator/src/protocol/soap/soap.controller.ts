import { Controller, Get, Post, Req } from '@nestjs/common';
import { CurrentExchange, Operation, ProtocolError, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { exchangeFateOf } from '../../flow/exchange/exchange-fate.js';
import { loginOf, WebServiceDoor } from '../http/web-service-door.js';
import { EnterpriseDataService } from './enterprise-data-service.js';
import { CONTENT_TYPES, readEnvelope, versionOf, writeAnswer } from './envelope.js';
import { ExchangeSoapService } from './exchange-soap-service.js';
import { EXCHANGE_VERSIONS } from './exchange-methods.js';
import { interfaceVersionMethods } from './interface-version-service.js';
import { remoteControlMethods } from './remote-control-service.js';
import { SoapArguments, type SoapHandlers } from './soap-handlers.js';
import type { WebService } from './web-service.js';
import { operationWord, SOAP_OPERATIONS, webServiceAt } from './web-services.js';
import { wsdl } from './wsdl-writer.js';

const BEFORE = /^\/[^/]*\/+ws\/*/;
const WSDL_TYPE = 'text/xml; charset=utf-8';

/** Web services of the publication, `/ws/<name>` and `/ws/<alias>.1cws` (1c.md 2.4). */
@Controller('ws')
export class SoapController {
  private readonly handlers: Readonly<Record<string, SoapHandlers>>;

  constructor(
    private readonly door: WebServiceDoor,
    enterpriseData: EnterpriseDataService,
    exchange: ExchangeSoapService,
  ) {
    this.handlers = {
      InterfaceVersion: interfaceVersionMethods,
      EnterpriseDataExchange_1_0_1_1: enterpriseData.exchangeMethods,
      EnterpriseDataUpload_1_0_1_1: enterpriseData.uploadMethods,
      RemoteControl: remoteControlMethods,
      ...Object.fromEntries(EXCHANGE_VERSIONS.map((name) => [name, exchange.methods(name)])),
    };
  }

  @Get('*')
  @Operation('soap.wsdl', { about: 'description of a web service', client: loginOf, facts: soapFacts })
  describe(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => {
      const service = serviceOf(request);
      const [path, query = ''] = (request.raw.url ?? request.url).split('?', 2) as [string, string?];
      if (!/^wsdl/i.test(query)) throw new ProtocolError('method-not-allowed');
      const shown =
        exchange.hinted('wsdl-changed') === true ? { ...service, namespace: `${service.namespace}/1` } : service;
      const location = `${request.protocol}://${request.headers.host ?? 'localhost'}${path}`;
      return new WireReply(200, { 'content-type': WSDL_TYPE }, wsdl(shown, location));
    });
  }

  @Post('*')
  @Operation('soap.call', {
    about: 'call of a web service; finer names by method',
    client: loginOf,
    facts: soapFacts,
    refine: (request) => {
      const name = `soap.${operationWord(methodOf(request))}`;
      return SOAP_OPERATIONS.includes(name) ? name : undefined;
    },
    also: SOAP_OPERATIONS,
  })
  call(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => this.answer(request, exchange), 'dontuse');
  }

  private async answer(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const service = serviceOf(request);
    const contentType = request.headers['content-type'];
    const { method, arguments: given } = readEnvelope(service, bytesOf(request.body), contentType);
    const handler = this.handlers[service.name]![method.name]!;
    const result = await handler(new SoapArguments(given), exchangeFateOf(exchange));
    const version = versionOf(contentType);
    const body = writeAnswer({ name: method.name, namespace: service.namespace }, result)(version);
    return new WireReply(200, { 'content-type': CONTENT_TYPES[version] }, body);
  }
}

/** @throws ProtocolError `no-service` */
function serviceOf(request: FastifyRequest): WebService {
  const service = webServiceAt(segmentOf(request));
  if (service === undefined) throw new ProtocolError('no-service');
  return service;
}

function segmentOf(request: FastifyRequest): string {
  return (request.raw.url ?? request.url).split('?', 1)[0]!.replace(BEFORE, '').replace(/\/+$/, '');
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : '', 'utf8');
}

/** Name of the method as the action header tells it, or the body's first element. */
function methodOf(request: FastifyRequest): string {
  const action = request.headers['soapaction'];
  const told = /:(\w+)"?$/.exec(typeof action === 'string' ? action : '')?.[1];
  if (told !== undefined) return told;
  const head = bytesOf(request.body).subarray(0, 4096).toString('latin1');
  return /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(head)?.[1] ?? '';
}

function soapFacts(request: FastifyRequest): { readonly service: string; readonly method: string } {
  return { service: segmentOf(request).replace(/\.1cws$/, ''), method: methodOf(request) };
}
