import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import { CertificateAuthority, pem, signatureSuite, type SignatureSuite } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { createAuthority, type Authority } from '../domain/authority.js';

/** The authority's own keys and certificates, made at start, and the suite employees' keys belong to. */
@Injectable()
export class CertificationAuthority {
  /** Suite of employees' keys; its digest is what documents are hashed with. */
  readonly suite: SignatureSuite;
  private readonly authority: Authority;

  constructor(@Inject(CONFIG) config: CaConfig, clock: Clock, ids: Ids) {
    const backend = config.suite === 'gost2012-256' && config.gostBackend !== 'auto' ? config.gostBackend : undefined;
    const options = { backend, enginePath: config.gostEnginePath, randomBytes: (size: number) => ids.bytes(size) };
    this.suite = signatureSuite(config.suite, { ...options, paramSet: config.employeeParamSet });
    const ownSuite = signatureSuite(config.suite, { ...options, paramSet: config.authorityParamSet });
    this.authority = createAuthority({
      rootKey: ownSuite.generateKeyPair(),
      issuingKey: ownSuite.generateKeyPair(),
      nowMs: clock.nowMs(),
      publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
    });
  }

  /** Issues employees' certificates. */
  get issuer(): CertificateAuthority {
    return this.authority.issuing;
  }

  get rootCertificate(): Buffer {
    return this.authority.root.certificate;
  }

  /** By AIA number: 0 root, 1 issuing; undefined for any other. */
  certificate(generation: number): Buffer | undefined {
    return this.authority.certificates[generation];
  }

  /** Issuing certificate first, root last. */
  get chainPem(): string {
    return [this.issuer.certificate, this.rootCertificate].map((der) => pem(der, 'CERTIFICATE')).join('');
  }

  get rootPem(): string {
    return pem(this.rootCertificate, 'CERTIFICATE');
  }

  /** Name of the digest that signing requests must carry. */
  get digestName(): 'streebog-256' | 'sha-256' {
    return this.suite.id === 'gost2012-256' ? 'streebog-256' : 'sha-256';
  }
}
