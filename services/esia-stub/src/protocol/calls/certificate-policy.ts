import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { ClientCertificate } from '../../domain/client-certificate.js';
import type { Client } from '../../domain/client.js';
import { STANDS } from '../../domain/stand.js';
import { nowOf } from '../skewed-time.js';
import type { SignedCall } from './signed-call.js';

/** Which registered certificates may sign right now. */
@Injectable()
export class CertificatePolicy {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
  ) {}

  /** Why the certificate may not be used, undefined when it may. */
  problemOf(certificate: ClientCertificate, { exchange, client }: SignedCall): string | undefined {
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
