import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { queryClient, queryOf, requestFacts, visitorSubject } from '../call-facts.js';
import { LoginFlow } from '../login/login-flow.js';
import { AuthorizationService } from './authorization.service.js';

/** `GET /aas/oauth2/v2/ac` (рекомендации, 2.3): the browser arrives with a signed request. */
@Controller('aas/oauth2/v2')
export class AcController {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly flow: LoginFlow,
  ) {}

  @Get('ac')
  @Operation('esia.v2.ac', {
    about: 'authorization request: answers with a redirect to the login page or back',
    client: queryClient,
    subject: visitorSubject,
    facts: requestFacts,
  })
  async ac(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.flow.begin(await this.authorization.validate(queryOf(request), exchange, 'v3'), { request, exchange });
  }
}
