import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { checked, CONFIG } from '@poligon/emulator-kit';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { EsiaConfig } from '../config.js';
import { TokenKeys } from '../protocol/token-keys.js';

const querySchema = z.object({ alg: z.enum(['RS256', 'GOST3410_2012_256']).optional() });

/** The certificate clients pin. */
@ApiTags('tokens')
@Controller('__admin')
export class TokenCertificateController {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly keys: TokenKeys,
  ) {}

  @Get('token-certificate.pem')
  @ApiOperation({ summary: 'certificate of the key tokens are signed with' })
  @ApiQuery({ name: 'alg', enum: ['RS256', 'GOST3410_2012_256'], required: false })
  certificate(@Query() query: unknown, @Res({ passthrough: true }) reply: FastifyReply): string {
    const { alg } = checked(querySchema, query);
    void reply.header('content-type', 'application/x-pem-file');
    return this.keys.of(alg ?? this.config.tokenAlgorithm).certificatePem;
  }
}
