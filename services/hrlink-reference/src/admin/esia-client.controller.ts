import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG } from '@poligon/emulator-kit';
import { EsiaKey } from '../adapters/esia-key.js';
import { PublicAddress } from '../adapters/public-address.js';
import type { Config } from '../config.js';

/** What others must know to recognise this system. */
@ApiTags('hrlink')
@Controller('__admin')
export class EsiaClientController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly key: EsiaKey,
    private readonly address: PublicAddress,
  ) {}

  @Get('esia-client')
  @ApiOperation({ summary: 'mnemonic, certificate and redirect URI to register at ESIA' })
  esiaClient() {
    const { certificatePem, certificateHash } = this.key;
    return {
      mnemonic: this.config.esiaClient,
      certificatePem,
      certificateHash,
      redirectUri: this.address.esiaCallback,
    };
  }

  @Get('ca-client')
  @ApiOperation({ summary: 'callback URL to register at the certification authority' })
  caClient() {
    return { callbackUrl: this.address.caCallback, style: this.config.caStyle };
  }
}
