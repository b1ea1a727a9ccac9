import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { codeSubject, formClient, requestFacts } from '../call-facts.js';
import { grantOperation, TokenService } from './token.service.js';

const OPERATION = 'esia.v3.te';

/** `POST /aas/oauth2/v3/te` (рекомендации, 2.7): code, refresh token or the client's own rights for tokens. */
@Controller('aas/oauth2/v3')
export class TeController {
  constructor(private readonly tokens: TokenService) {}

  @Post('te')
  @Operation(OPERATION, {
    about: 'token for an authorization code (refresh: for a refresh token, system: for client_credentials)',
    client: formClient,
    subject: codeSubject,
    facts: requestFacts,
    refine: grantOperation(OPERATION),
    also: [`${OPERATION}.refresh`, `${OPERATION}.system`],
  })
  te(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.tokens.reply(request, exchange, 'v3');
  }
}
