import { Injectable } from '@nestjs/common';
import { CertificatePolicy } from './certificate-policy.js';
import { RefusedSignatures } from './refused-signatures.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** `client_certificate_hash` names an active certificate of the client with a key it may use (007053). */
@Injectable()
export class ClientCertificateStep implements CallStep<SignedCall> {
  readonly name = 'client-certificate';

  constructor(
    private readonly policy: CertificatePolicy,
    private readonly refused: RefusedSignatures,
  ) {}

  async check(call: SignedCall): Promise<void> {
    // One form of refresh does not name the certificate: the signature then decides.
    if (!call.parameters.has('client_certificate_hash')) return;
    const received = call.parameters.get('client_certificate_hash')!;
    const certificate = call.client!.certificates.find(({ hash }) => hash === received.toUpperCase());
    if (certificate === undefined) return this.refused.hash(call, received);
    const problem = this.policy.problemOf(certificate, call);
    if (problem !== undefined) return this.refused.because(call, problem);
    call.certificate = certificate;
  }
}
