import { Body, Controller, Post } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { verifyCms } from '@poligon/pki';
import { z } from 'zod';
import { CertificationAuthority } from '../../flow/certification-authority.js';
import { signerInfo } from './dss-views.js';

const bodySchema = z.object({
  SignatureType: z.union([z.string(), z.number()]).optional(),
  Content: z.base64().min(1),
  Source: z.base64().nullish(),
});

/** Verification service of КриптоПро DSS: the signature in Content, a detached one's document in Source. */
@Controller(['SVS/rest/api', 'verify/rest/api'])
export class SvsController {
  constructor(private readonly authority: CertificationAuthority) {}

  @Post('signatures/signersinfo')
  @Operation('dss.signers-info', { about: 'who signed, without a judgement of the signature' })
  signers(@Body() body: unknown) {
    const parsed = bodySchema.safeParse(body);
    if (!parsed.success) throw new ProtocolError('parameters_required');
    const { signerCertificate, signingTime } = verifyCms(Buffer.from(parsed.data.Content, 'base64'), undefined);
    if (signerCertificate === undefined) throw new ProtocolError('invalid_content');
    const SignatureInfo = { LocalSigningTime: signingTime ?? null };
    return WireReply.json([{ SignerCertificateInfo: signerInfo(signerCertificate), SignatureInfo }]);
  }

  @Post('signatures')
  @Operation('dss.verify', { about: 'checks a signature up to the root of this authority' })
  verify(@Body() body: unknown) {
    const parsed = bodySchema.safeParse(body);
    if (!parsed.success) throw new ProtocolError('parameters_required');
    const { Content, Source } = parsed.data;
    const content = Source === undefined || Source === null ? undefined : Buffer.from(Source, 'base64');
    const { trusted, intermediates: certificates } = this.authority.anchors;
    const trust = { trusted, certificates };
    const verdict = verifyCms(Buffer.from(Content, 'base64'), content, trust);
    const { valid, reason, signerCertificate, signingTime, timestamp } = verdict;
    const result = {
      Result: valid,
      Message: reason ?? 'Подпись действительна',
      SignerCertificate: signerCertificate?.toString('base64') ?? null,
      SignerCertificateInfo: signerCertificate === undefined ? null : signerInfo(signerCertificate),
      SignatureInfo: { CAdESType: timestamp === undefined ? 'BES' : 'T', LocalSigningTime: signingTime ?? null },
    };
    return WireReply.json([result]);
  }
}
