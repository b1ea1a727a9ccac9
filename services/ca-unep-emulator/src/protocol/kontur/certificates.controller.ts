import { Body, Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import { RefusalInterceptor } from '../refusal.interceptor.js';
import { KonturDesk } from './kontur-desk.js';
import { konturSubject as subject } from './kontur-facts.js';
import { KonturKeyInterceptor } from './kontur-key.interceptor.js';

/** Signing and revocation of the Контур profile (section 2.2). */
@Controller('kontur/v1')
@UseInterceptors(RefusalInterceptor, KonturKeyInterceptor)
export class CertificatesController {
  constructor(private readonly desk: KonturDesk) {}

  @Post('certificates/:id/sign')
  @Operation('kontur.sign', { about: 'orders signatures of document digests', subject })
  async sign(@Param('id') id: string, @Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    return WireReply.json(await this.desk.sign(id, body, exchange), 202);
  }

  @Get('operations/:id')
  @Operation('kontur.operation', { about: 'state of a signing order and its signatures', subject })
  operation(@Param('id') id: string) {
    return this.desk.operation(id);
  }

  @Post('certificates/:id/revoke')
  @Operation('kontur.revoke', { about: 'revokes a certificate', subject })
  revoke(@Param('id') id: string, @Body() body: unknown) {
    return this.desk.revoke(id, body);
  }
}
