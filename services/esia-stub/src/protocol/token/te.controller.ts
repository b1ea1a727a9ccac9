import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { codeSubject, formClient, requestFacts } from '../call-facts.js';
import { formOf } from '../parameters.codec.js';
import { basicFields } from './basic-header.codec.js';
import { TokenService } from './token.service.js';

const REFRESH = 'esia.v3.te.refresh';

/** `POST /aas/oauth2/v3/te` (рекомендации, 2.7): code or refresh token for tokens. */
@Controller('aas/oauth2/v3')
export class TeController {
  constructor(private readonly tokens: TokenService) {}

  @Post('te')
  @Operation('esia.v3.te', {
    about: 'token for an authorization code (refresh: for a refresh token)',
    client: formClient,
    subject: codeSubject,
    facts: requestFacts,
    refine: (request) => (formOf(request.body).get('grant_type') === 'refresh_token' ? REFRESH : undefined),
    also: [REFRESH],
  })
  async te(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const form = formOf(request.body).filledWith(basicFields(request.headers.authorization));
    const body = await this.tokens.answer(form, exchange);
    const headers = { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' };
    return new WireReply(200, headers, JSON.stringify(body));
  }
}
