import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, Operation, WireReply } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { STANDS } from '../../domain/stand.js';
import { storedZip } from '../../domain/stored-zip.js';
import { TokenKeys } from '../token-keys.js';

/** `GET /public/esia.zip`: certificates of the keys tokens are signed with. */
@Controller('public')
export class CertificatesController {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly keys: TokenKeys,
  ) {}

  @Get('esia.zip')
  @Operation('esia.public.certificates', { about: 'archive of token certificates' })
  zip(): WireReply {
    const { rsaCertificateName, gostCertificateName } = STANDS[this.config.stand];
    const archive = storedZip([
      { name: rsaCertificateName, content: this.keys.published('RS256').certificate },
      { name: gostCertificateName, content: this.keys.published('GOST3410_2012_256').certificate },
    ]);
    return new WireReply(200, { 'content-type': 'application/zip' }, archive);
  }
}
