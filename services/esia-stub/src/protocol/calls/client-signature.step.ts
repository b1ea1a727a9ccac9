import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { ClientCertificate } from '../../domain/client-certificate.js';
import { decodeClientSecret } from '../../domain/client-secret.js';
import { isSignatureOf } from '../../domain/client-signature.js';
import { SIGNED_FORMS, signedString } from '../../domain/signed-string.js';
import { RefusedSignatures } from './refused-signatures.js';
import { SignatureTimes } from './signature-times.js';
import { signedField, type CallStep, type SignedCall } from './signed-call.js';

/** `client_secret` is the raw signature of the expected string by the named certificate's key (007053). */
@Injectable()
export class ClientSignatureStep implements CallStep<SignedCall> {
  readonly name = 'client-signature';

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly refused: RefusedSignatures,
    private readonly times: SignatureTimes,
  ) {}

  async check(call: SignedCall): Promise<void> {
    if (this.config.signatureMode === 'off') return;
    const expected = expectedStrings(call);
    const signature = decodeClientSecret(call.parameters.get('client_secret') ?? '');
    const signer =
      signature && this.times.measured(() => certificatesOf(call).find((it) => signs(it, expected, signature)));
    if (signer === undefined) return this.refused.signature(call, expected);
    call.certificate = signer;
  }
}

/** Strings the client may have signed, preferred form first. */
function expectedStrings(call: SignedCall): readonly string[] {
  const strings = call.signedForms.map((form) => signedString(SIGNED_FORMS[form], signedField(call)));
  return [...new Set(strings)];
}

function certificatesOf({ certificate, client }: SignedCall): readonly ClientCertificate[] {
  return certificate === undefined ? client!.certificates : [certificate];
}

const signs = (certificate: ClientCertificate, expected: readonly string[], signature: Buffer): boolean =>
  expected.some((text) => isSignatureOf(certificate, text, signature));
