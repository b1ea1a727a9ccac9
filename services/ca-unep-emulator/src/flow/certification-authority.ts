import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import { CertificateAuthority, parseCertificate, pem, signatureSuite, type SignatureSuite } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { createAuthority, type Authority, type Signer } from '../domain/authority.js';
import { ProvenSerials } from '../domain/proven-serial.js';

/** The authority's own keys and certificates, made at start, and the suite employees' keys belong to. */
@Injectable()
export class CertificationAuthority {
  /** Suite of employees' keys; its digest is what documents are hashed with. */
  readonly suite: SignatureSuite;
  /** Tells own serial numbers from foreign ones. */
  readonly serials: ProvenSerials;
  /** Base of the addresses written into certificates. */
  readonly publicUrl: string;
  private readonly authority: Authority;

  constructor(
    @Inject(CONFIG) config: CaConfig,
    clock: Clock,
    private readonly ids: Ids,
  ) {
    this.publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
    this.serials = new ProvenSerials(ids.bytes(32));
    const backend = config.suite.startsWith('gost') && config.gostBackend !== 'auto' ? config.gostBackend : undefined;
    const options = { backend, enginePath: config.gostEnginePath, randomBytes: (size: number) => ids.bytes(size) };
    this.suite = signatureSuite(config.suite, { ...options, paramSet: config.employeeParamSet });
    const ownSuite = signatureSuite(config.suite, { ...options, paramSet: config.authorityParamSet });
    this.authority = createAuthority({
      rootKey: ownSuite.generateKeyPair(),
      issuingKey: ownSuite.generateKeyPair(),
      tsaKey: ownSuite.generateKeyPair(),
      ocspKey: config.ocspResponder === 'delegated' ? ownSuite.generateKeyPair() : undefined,
      serials: this.serials,
      randomBytes: (size) => ids.bytes(size),
      nowMs: clock.nowMs(),
      publicUrl: this.publicUrl,
    });
  }

  /** Issues employees' certificates. */
  get issuer(): CertificateAuthority {
    return this.authority.issuing;
  }

  /** The self-signed authority above. */
  get root(): CertificateAuthority {
    return this.authority.root;
  }

  /** Signs OCSP answers about employees' certificates. */
  get ocsp(): Signer {
    return this.authority.ocsp;
  }

  /** Signs time-stamps. */
  get tsa(): Signer {
    return this.authority.tsa;
  }

  /** True for the serial number of a certificate the root has signed. */
  isAuthoritySerial(serial: Buffer): boolean {
    return parseCertificate(this.issuer.certificate).serial.equals(serial);
  }

  /** A serial number nobody has yet. */
  newSerial(): Buffer {
    return this.serials.make(this.ids.bytes(8));
  }

  /** What certificates of this authority are checked against. */
  get anchors(): { readonly trusted: readonly Buffer[]; readonly intermediates: readonly Buffer[] } {
    return { trusted: [this.rootCertificate], intermediates: [this.issuer.certificate] };
  }

  /** True for the Name of the issuing authority, DER. */
  isOwnName(nameDer: Buffer): boolean {
    return this.issuer.subjectDer.equals(nameDer);
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
  get digestName(): 'streebog-256' | 'streebog-512' | 'sha-256' {
    if (this.suite.id === 'gost2012-512') return 'streebog-512';
    return this.suite.id === 'gost2012-256' ? 'streebog-256' : 'sha-256';
  }
}
