import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import {
  CertificateAuthority,
  attribute,
  fromPem,
  type KeyPair,
  parseCertificate,
  pem,
  signatureSuite,
  streebog256,
} from '@poligon/pki';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '../config.js';

const YEAR_MS = 365 * 86_400_000;

/** This system's key and certificate for ESIA: from files, or made at start. */
@Injectable()
export class EsiaKey {
  private readonly keyPair: KeyPair;
  private readonly certificate: Buffer;

  constructor(@Inject(CONFIG) config: Config, clock: Clock) {
    const { esiaKeyFile, esiaCertificateFile, esiaSuite } = config;
    const suite = signatureSuite(esiaSuite);
    if (esiaKeyFile !== undefined && esiaCertificateFile !== undefined) {
      this.keyPair = suite.keyPairFromPem(readFileSync(esiaKeyFile, 'utf8'));
      this.certificate = fromPem(readFileSync(esiaCertificateFile, 'utf8'), 'CERTIFICATE');
      return;
    }
    this.keyPair = suite.generateKeyPair();
    const nowMs = clock.nowMs();
    this.certificate = CertificateAuthority.createRoot({
      keyPair: this.keyPair,
      subject: [attribute('CN', config.esiaClient)],
      notBefore: new Date(nowMs - 60_000),
      notAfter: new Date(nowMs + YEAR_MS),
    }).certificate;
  }

  get certificatePem(): string {
    return pem(this.certificate, 'CERTIFICATE');
  }

  /** client_certificate_hash: Streebog-256 of the DER in upper-case hex; SHA-256 for an RSA key (esia.md 2.3). */
  get certificateHash(): string {
    const isGost = parseCertificate(this.certificate).suite === 'gost2012-256';
    const hash = isGost ? streebog256(this.certificate) : createHash('sha256').update(this.certificate).digest();
    return hash.toString('hex').toUpperCase();
  }

  /** client_secret: base64url of the raw signature over UTF-8 text. */
  secret(text: string): string {
    return this.keyPair.sign(Buffer.from(text, 'utf8')).toString('base64url');
  }
}
