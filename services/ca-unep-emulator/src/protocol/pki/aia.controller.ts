import { Controller, Get, Param } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { CertificationAuthority } from '../../flow/certification-authority.js';

/** Certificates of the authority at the addresses that certificates name (section 2.6). */
@Controller('aia')
export class AiaController {
  constructor(private readonly authority: CertificationAuthority) {}

  @Get(':file')
  @Operation('pki.aia', { about: "the authority's own certificate: 0.crt root, 1.crt issuing" })
  certificate(@Param('file') file: string) {
    const generation = /^(\d{1,4})\.crt$/.exec(file)?.[1];
    const der = generation === undefined ? undefined : this.authority.certificate(Number(generation));
    if (der === undefined) throw new ProtocolError('not-found');
    return new WireReply(200, { 'content-type': 'application/pkix-cert' }, der);
  }
}
