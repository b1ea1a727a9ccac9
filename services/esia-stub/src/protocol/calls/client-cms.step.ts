import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { decodeClientSecret } from '../../domain/client-secret.js';
import { judgeCmsSecret } from '../../domain/cms-secret.js';
import { SIGNED_FORMS, signedString } from '../../domain/signed-string.js';
import { CertificatePolicy } from './certificate-policy.js';
import { RefusedSignatures } from './refused-signatures.js';
import { SignatureTimes } from './signature-times.js';
import { signedField, type CallStep, type SignedCall } from './signed-call.js';

/**
 * Generation 1: `client_secret` is a CMS over scope + timestamp + client_id + state by a certificate of the client. A client
 * without a certificate, a certificate of somebody else or an inactive one is 007002, everything else 007005.
 */
@Injectable()
export class ClientCmsStep implements CallStep<SignedCall> {
  readonly name = 'client-cms';

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly policy: CertificatePolicy,
    private readonly refused: RefusedSignatures,
    private readonly times: SignatureTimes,
  ) {}

  async check(call: SignedCall): Promise<void> {
    if (this.config.signatureMode === 'off') return;
    const expected = signedString(SIGNED_FORMS.v1, signedField(call));
    const own = call.client!.certificates;
    if (own.length === 0) return this.refused.cms(call, expected, NO_CERTIFICATE);
    const secret = call.parameters.get('client_secret') ?? '';
    const cms = decodeClientSecret(secret);
    if (cms === undefined) return this.refused.cms(call, expected, NOT_BASE64);
    const everyone = await this.refused.everyone();
    const verdict = this.times.measured(() => judgeCmsSecret(cms, expected, { own, everyone }));
    if ('problem' in verdict) return this.refused.cms(call, expected, verdict);
    const cause = this.policy.problemOf(verdict.certificate, call);
    const problem = cause?.startsWith('certificate-inactive') === true ? 'certificate' : 'signature';
    if (cause !== undefined) return this.refused.cms(call, expected, { problem, cause });
    call.certificate = verdict.certificate;
  }
}

const NO_CERTIFICATE = {
  problem: 'certificate',
  cause: 'no-certificate: the client has no registered certificate',
} as const;

const NOT_BASE64 = {
  problem: 'signature',
  cause: 'not-base64: client_secret is not base64 in any accepted alphabet',
} as const;
