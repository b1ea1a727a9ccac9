import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { queryClient, queryOf, requestFacts, visitorSubject } from '../call-facts.js';
import { LoginFlow } from '../login/login-flow.js';
import { AuthorizationService } from './authorization.service.js';

/** `GET /aas/oauth2/ac` (рекомендации, 2.2): generation 1, signed with CMS. */
@Controller('aas/oauth2')
export class V1AcController {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly flow: LoginFlow,
  ) {}

  @Get('ac')
  @Operation('esia.v1.ac', {
    about: 'authorization request of generation 1: answers with a redirect to the login page or back',
    client: queryClient,
    subject: visitorSubject,
    facts: requestFacts,
  })
  async ac(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const asked = await this.authorization.validate(queryOf(request), exchange, 'v1');
    return this.flow.begin(asked, { request, exchange });
  }
}
