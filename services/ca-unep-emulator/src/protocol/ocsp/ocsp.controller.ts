import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, type WireReply } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import type { FastifyRequest } from 'fastify';
import { StatusResponder, type StatusDistortion } from '../../flow/status-responder.js';
import { ocspReply } from './ocsp.errors.js';

const BASE64 = /^[A-Za-z0-9+/_-]{1,8192}={0,2}$/;

/** Certificate status (section 2.6, RFC 6960): POST, and GET with the request in base64 after the path. */
@Controller('ocsp/ocsp.srf')
export class OcspController {
  constructor(private readonly responder: StatusResponder) {}

  @Post()
  @Operation('ocsp.post', { about: 'status of certificates, request in the body' })
  post(@Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    if (!Buffer.isBuffer(body)) throw new ProtocolError('malformedRequest');
    return this.answer(body, exchange);
  }

  @Get('*')
  @Operation('ocsp.get', { about: 'status of certificates, request in the path' })
  get(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange) {
    const text = decoded(request.url.replace(/^\/ocsp\/ocsp\.srf\//, ''));
    if (!BASE64.test(text)) throw new ProtocolError('malformedRequest');
    return this.answer(Buffer.from(text, 'base64'), exchange);
  }

  private async answer(request: Buffer, exchange: Exchange): Promise<WireReply> {
    try {
      const response = await this.responder.answer(request, distortionOf(exchange));
      if (response === undefined) throw new ProtocolError('unauthorized');
      return ocspReply(response);
    } catch (failure) {
      if (failure instanceof PkiError) throw new ProtocolError('malformedRequest');
      throw failure;
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const distortionOf = (exchange: Exchange): StatusDistortion => ({
  isUnknown: exchange.hinted('ocsp-unknown') === true,
  isStale: exchange.hinted('ocsp-stale') === true,
  hasForeignResponder: exchange.hinted('ocsp-wrong-responder') === true,
  hasWrongNonce: exchange.hinted('ocsp-nonce-mismatch') === true,
});
