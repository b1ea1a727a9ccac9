import { Body, Controller, Post } from '@nestjs/common';
import { Clock, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { verifyCmsSigners, verifyPdf, verifyXml, type CmsVerdict } from '@poligon/pki';
import { z } from 'zod';
import { CertificationAuthority } from '../../flow/certification-authority.js';
import { signerInfo } from './dss-views.js';

const bodySchema = z.object({
  SignatureType: z.union([z.string(), z.number()]).optional(),
  Content: z.base64().min(1),
  Source: z.base64().nullish(),
  VerifyParams: z.object({ VerifyAll: z.union([z.boolean(), z.string().max(10)]).optional() }).nullish(),
});
type Body = z.output<typeof bodySchema>;

/** One signature, judged. */
type Verdict = Pick<CmsVerdict, 'valid' | 'reason' | 'signerCertificate' | 'signingTime' | 'timestamp'>;

const isAsked = (flag: string | boolean | undefined): boolean => /^true$/i.test(`${flag}`);

/** Verification service of КриптоПро DSS: the signature in Content, a detached one's document in Source. */
@Controller(['SVS/rest/api', 'verify/rest/api'])
export class SvsController {
  constructor(
    private readonly authority: CertificationAuthority,
    private readonly clock: Clock,
  ) {}

  @Post('signatures/signersinfo')
  @Operation('dss.signers-info', { about: 'who signed, without a judgement of the signature' })
  signers(@Body() body: unknown) {
    const signers = this.verdicts(readBody(body)).flatMap(({ signerCertificate, signingTime }) =>
      signerCertificate === undefined
        ? []
        : [
            {
              SignerCertificateInfo: signerInfo(signerCertificate),
              SignatureInfo: { LocalSigningTime: signingTime ?? null },
            },
          ],
    );
    if (signers.length === 0) throw new ProtocolError('invalid_content');
    return WireReply.json(signers);
  }

  @Post('signatures')
  @Operation('dss.verify', { about: 'checks a signature up to the root of this authority' })
  verify(@Body() body: unknown) {
    const given = readBody(body);
    const verdicts = this.verdicts(given);
    const shown = isAsked(given.VerifyParams?.VerifyAll) ? verdicts : verdicts.slice(0, 1);
    return WireReply.json(shown.map(verdictView));
  }

  /** One per signature, in the order they stand in. */
  private verdicts({ SignatureType, Content, Source }: Body): readonly Verdict[] {
    const content = Buffer.from(Content, 'base64');
    const { trusted, intermediates } = this.authority.anchors;
    const trust = { trusted, certificates: intermediates };
    const type = String(SignatureType ?? '').toUpperCase();
    if (type === 'PDF') return verifyPdf(content, trust);
    if (type.startsWith('XML'))
      return [verifyXml(content, { trusted, intermediates, at: new Date(this.clock.nowMs()) })];
    const source = Source === undefined || Source === null ? undefined : Buffer.from(Source, 'base64');
    return verifyCmsSigners(content, source, trust);
  }
}

/** @throws ProtocolError `parameters_required` */
function readBody(body: unknown): Body {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new ProtocolError('parameters_required');
  return parsed.data;
}

const verdictView = ({ valid, reason, signerCertificate, signingTime, timestamp }: Verdict) => ({
  Result: valid,
  Message: reason ?? 'Подпись действительна',
  SignerCertificate: signerCertificate?.toString('base64') ?? null,
  SignerCertificateInfo: signerCertificate === undefined ? null : signerInfo(signerCertificate),
  SignatureInfo: { CAdESType: timestamp === undefined ? 'BES' : 'T', LocalSigningTime: signingTime ?? null },
});
