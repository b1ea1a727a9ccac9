import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { parseCertificate, verifyCms } from '@poligon/pki';
import { z } from 'zod';
import { CertificationAuthority } from '../flow/certification-authority.js';
import { KeyPool } from '../flow/key-pool.js';
import { Revocations } from '../flow/revocations.js';

const base64 = z.base64({ error: 'must be base64' });
const verifySchema = z
  .strictObject({
    /** CMS, DER in base64. */
    signature: base64.min(1, 'must be base64'),
    document: base64.optional(),
    /** Digest of the document in the suite of the signer's certificate. */
    hash: base64.optional(),
  })
  .refine(({ document, hash }) => document === undefined || hash === undefined, {
    error: 'must not be given together with document',
    path: ['hash'],
  });

/** The authority itself: its certificates, its suite, and a check of signatures against it. */
@ApiTags('authority')
@Controller('__admin')
export class AuthorityAdminController {
  constructor(
    private readonly authority: CertificationAuthority,
    private readonly keys: KeyPool,
    private readonly revocations: Revocations,
    private readonly journal: Journal,
  ) {}

  @Get('ca')
  @ApiOperation({ summary: 'active suite, digest that signing requests must carry, keys ready' })
  describe() {
    const { suite, digestName, anchors } = this.authority;
    return {
      suite: suite.id,
      backend: suite.backend,
      digest: digestName,
      keysReady: this.keys.size,
      certificates: [...anchors.trusted, ...anchors.intermediates].map((der) => {
        const { serialHex: serialNumber, subject, notBefore, notAfter } = parseCertificate(der);
        return { serialNumber, subject, notBefore, notAfter };
      }),
    };
  }

  @Get('ca/chain.pem')
  @Header('content-type', 'application/x-pem-file')
  @ApiOperation({ summary: 'issuing certificate, then root' })
  chain(): string {
    return this.authority.chainPem;
  }

  @Get('ca/root.pem')
  @Header('content-type', 'application/x-pem-file')
  @ApiOperation({ summary: 'root certificate: what others must trust' })
  root(): string {
    return this.authority.rootPem;
  }

  @Post('ca/crl')
  @HttpCode(200)
  @ApiOperation({ summary: 'makes the revocation lists now, with every revocation so far' })
  publish() {
    return this.revocations.publish();
  }

  @Post('ca/rollover')
  @HttpCode(200)
  @ApiOperation({
    summary: 'a new issuing key; certificates of the former ones stay good, with their own lists and OCSP',
  })
  async rollOver(@Caller() by: string) {
    const { number } = await this.authority.rollOver();
    await this.revocations.publish();
    this.journal.note('admin.ca.rollover', 'changed', { number, by });
    return { number, certificate: `${this.authority.publicUrl}/aia/${number}.crt` };
  }

  @Post('verify')
  @HttpCode(200)
  @ApiOperation({ summary: 'checks a signature of a document or of its digest, up to the root' })
  @ApiBody(bodySchema(verifySchema))
  verify(@Body() body: unknown) {
    const { signature, document, hash } = checked(verifySchema, body);
    const { trusted, intermediates: certificates } = this.authority.anchors;
    const digest = hash === undefined ? undefined : { digest: Buffer.from(hash, 'base64') };
    const content = document === undefined ? digest : Buffer.from(document, 'base64');
    const trust = { trusted, certificates };
    const { valid, reason, isCadesBes, signingTime, timestamp, signerCertificate } = verifyCms(
      Buffer.from(signature, 'base64'),
      content,
      trust,
    );
    const signer = signerCertificate === undefined ? undefined : parseCertificate(signerCertificate);
    return {
      ...{ valid, reason, isCadesBes, signingTime, timestamp },
      ...{ signerSerialNumber: signer?.serialHex, signer: signer?.subject },
    };
  }
}
