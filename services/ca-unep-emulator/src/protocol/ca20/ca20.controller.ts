import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { CONFIG, CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { subjectKey } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import type { CaConfig } from '../../config.js';
import { personOfSubjectId } from '../../domain/subject-id.js';
import { hasClientCertificate } from '../client-certificate.js';
import { CA20_OPERATIONS, CA20_PATH, operationOfAction } from './ca20-contract.js';
import { Ca20Desk } from './ca20-desk.js';
import { readCa20Call, writeCa20Answer } from './ca20-envelope.js';
import { ca20Wsdl } from './ca20-wsdl.js';
import { SOAP_TYPE } from './ca20.errors.js';

const HELP = `<html><head><title>RegAuthLegacyService Service</title></head><body><p>You have created a service.</p></body></html>`;

const wordOf = (request: FastifyRequest): string | undefined => {
  const name = operationOfAction(request.headers['soapaction']);
  return name === undefined ? undefined : `ca20.${CA20_OPERATIONS[name].word}`;
};

/** The person a user id in the call belongs to; other ids tell nothing. */
function subjectOf({ body }: FastifyRequest): string | undefined {
  const head = Buffer.isBuffer(body) ? body.subarray(0, 4096).toString('latin1') : '';
  const id = />\s*([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\s*</.exec(head)?.[1];
  const person = personOfSubjectId(id);
  return person === undefined ? undefined : subjectKey(person);
}

/** Registration authority of КриптоПро УЦ 2.0: SOAP 1.1 over HTTPS with a client certificate (section 2.5). */
@Controller(CA20_PATH)
export class Ca20Controller {
  constructor(
    private readonly desk: Ca20Desk,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'ca20Names' | 'isCa20CertificateRequired'>,
  ) {}

  @Get()
  @Operation('ca20.wsdl', { about: 'description of the service' })
  describe(@Req() request: FastifyRequest) {
    const [path, query = ''] = (request.raw.url ?? request.url).split('?', 2) as [string, string?];
    if (!/^(wsdl|singlewsdl)\b/i.test(query)) return WireReply.text(HELP, 200, 'text/html; charset=utf-8');
    const location = `${request.protocol}://${request.headers.host ?? 'localhost'}${path}`;
    return WireReply.text(ca20Wsdl(location, this.config.ca20Names), 200, SOAP_TYPE);
  }

  @Post()
  @Operation('ca20.call', {
    about: 'call of the registration authority; finer names by operation',
    subject: subjectOf,
    refine: wordOf,
    also: Object.values(CA20_OPERATIONS).map(({ word }) => `ca20.${word}`),
  })
  async call(@Req() request: FastifyRequest, @Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    if (this.config.isCa20CertificateRequired && !hasClientCertificate(request))
      throw new ProtocolError('access_denied');
    if (!/^text\/xml\b/i.test(request.headers['content-type'] ?? '')) throw new ProtocolError('unsupported_media_type');
    const action = request.headers['soapaction'];
    const name = operationOfAction(action);
    if (name === undefined) {
      throw new ProtocolError('action_not_supported', {
        action: typeof action === 'string' ? action.slice(0, 300) : '',
      });
    }
    const given = readCa20Call(name, Buffer.isBuffer(body) ? body : Buffer.alloc(0), this.config.ca20Names);
    const answer = await this.desk.answer(name, given, exchange);
    return WireReply.text(writeCa20Answer(name, answer, this.config.ca20Names), 200, SOAP_TYPE);
  }
}
