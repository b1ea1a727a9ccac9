import { Controller, Get, Param } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { RevocationLists } from '../../flow/revocation-lists.js';

/** Revocation lists at the addresses that certificates name (section 2.6). */
@Controller('cdp')
export class CrlController {
  constructor(private readonly lists: RevocationLists) {}

  @Get(':file')
  @Operation('pki.crl', { about: 'revocation list: 0.crl root, 1.crl issuing, 1-delta.crl its changes' })
  async list(@Param('file') file: string, @CurrentExchange() exchange: Exchange) {
    const name = /^(.{1,20})\.crl$/.exec(file)?.[1] ?? '';
    const der = await this.wanted(name, exchange);
    if (der === undefined) throw new ProtocolError('not-found');
    return new WireReply(200, { 'content-type': 'application/pkix-crl' }, der);
  }

  private wanted(name: string, exchange: Exchange): Buffer | undefined | Promise<Buffer | undefined> {
    if (this.lists.list(name) === undefined) return undefined;
    if (exchange.hinted('crl-expired') === true) return this.lists.expired();
    return exchange.hinted('crl-huge') === true ? this.lists.huge() : this.lists.list(name);
  }
}
