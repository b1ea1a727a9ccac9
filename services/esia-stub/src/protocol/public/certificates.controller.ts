import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, Operation, WireReply } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { STANDS } from '../../domain/stand.js';
import { storedZip } from '../../domain/stored-zip.js';
import { TokenKeys } from '../token-keys.js';

/** `GET /public/esia.zip`: certificates of the keys tokens are signed with. */
@Controller('public')
export class CertificatesController {
  private readonly archive: Buffer;

  constructor(@Inject(CONFIG) { stand }: EsiaConfig, keys: TokenKeys) {
    const { rsaCertificateName, gostCertificateName } = STANDS[stand];
    this.archive = storedZip([
      { name: rsaCertificateName, content: keys.of('RS256').certificate },
      { name: gostCertificateName, content: keys.of('GOST3410_2012_256').certificate },
    ]);
  }

  @Get('esia.zip')
  @Operation('esia.public.certificates', { about: 'archive of token certificates' })
  zip(): WireReply {
    return new WireReply(200, { 'content-type': 'application/zip' }, this.archive);
  }
}
