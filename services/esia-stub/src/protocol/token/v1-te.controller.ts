import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { codeSubject, formClient, requestFacts } from '../call-facts.js';
import { grantOperation, TokenService } from './token.service.js';

const OPERATION = 'esia.v1.te';

/** `POST /aas/oauth2/te` (рекомендации, 2.6): tokens of generation 1, signed with CMS. */
@Controller('aas/oauth2')
export class V1TeController {
  constructor(private readonly tokens: TokenService) {}

  @Post('te')
  @Operation(OPERATION, {
    about: 'token of generation 1 for an authorization code (refresh: refresh token, system: client_credentials)',
    client: formClient,
    subject: codeSubject,
    facts: requestFacts,
    refine: grantOperation(OPERATION),
    also: [`${OPERATION}.refresh`, `${OPERATION}.system`],
  })
  te(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.tokens.reply(request, exchange, 'v1');
  }
}
