import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { ClientCertificate } from '../../domain/client-certificate.js';
import type { Client } from '../../domain/client.js';
import { STANDS } from '../../domain/stand.js';
import { nowOf } from '../skewed-time.js';
import { RefusedSignatures } from './refused-signatures.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** `client_certificate_hash` names an active certificate of the client with a key it may use (007053). */
@Injectable()
export class ClientCertificateStep implements CallStep<SignedCall> {
  readonly name = 'client-certificate';

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly refused: RefusedSignatures,
  ) {}

  async check(call: SignedCall): Promise<void> {
    // One form of refresh does not name the certificate: the signature then decides.
    if (!call.parameters.has('client_certificate_hash')) return;
    const received = call.parameters.get('client_certificate_hash')!;
    const certificate = call.client!.certificates.find(({ hash }) => hash === received.toUpperCase());
    if (certificate === undefined) return this.refused.hash(call, received);
    const problem = this.problemOf(certificate, call);
    if (problem !== undefined) return this.refused.because(call, problem);
    call.certificate = certificate;
  }

  private problemOf(certificate: ClientCertificate, { exchange, client }: SignedCall): string | undefined {
    const nowMs = nowOf(exchange, this.clock);
    if (nowMs < certificate.notBeforeMs) return 'certificate-inactive: the certificate is not valid yet';
    if (nowMs > certificate.notAfterMs) return 'certificate-inactive: the certificate has expired';
    return this.isAllowed(certificate, client!)
      ? undefined
      : `algorithm-refused: ${certificate.algorithm} keys are not accepted`;
  }

  private isAllowed({ algorithm }: ClientCertificate, client: Client): boolean {
    const { rsaClients, stand } = this.config;
    const isRsaAllowed = rsaClients === 'by-stand' ? STANDS[stand].isRsaAllowed : rsaClients === 'allowed';
    return client.requestAlgs.includes(algorithm) && (algorithm !== 'rsa' || isRsaAllowed);
  }
}
