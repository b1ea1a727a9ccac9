import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError } from '@poligon/emulator-kit';
import type { FastifyReply } from 'fastify';
import { TlsDoor } from '../protocol/tls-door.js';

/** What clients need to trust the TLS port. */
@ApiTags('tls')
@Controller('__admin/tls')
export class TlsAdminController {
  constructor(private readonly door: TlsDoor) {}

  @Get()
  @ApiOperation({ summary: 'the TLS port' })
  show() {
    return { port: this.door.port ?? null, isOwnAuthority: this.door.authorityPem !== undefined };
  }

  @Get('ca.pem')
  @ApiOperation({ summary: 'authority of the certificate the TLS port shows' })
  authority(@Res({ passthrough: true }) reply: FastifyReply): string {
    const { authorityPem } = this.door;
    if (authorityPem === undefined) throw new AdminError(404, 'no authority: TLS is off or its certificate is a file');
    void reply.type('application/x-pem-file');
    return authorityPem;
  }
}
