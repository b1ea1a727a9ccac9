import { createPublicKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { parseCsr, PkiError, type ParsedCsr } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { Refusal } from '../domain/refusal.js';
import { CaMetrics } from './ca-metrics.js';
import { CertificationAuthority } from './certification-authority.js';

const DAY_MS = 86_400_000;
const LEAST_RSA_BITS = 2048;

/** Certificates for keys that stay with their owners: a PKCS#10 request is all that is known of them. */
@Injectable()
export class Enrolment {
  constructor(
    private readonly authority: CertificationAuthority,
    private readonly clock: Clock,
    private readonly metrics: CaMetrics,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'certificateDays'>,
  ) {}

  /** @returns the certificate, DER. @throws Refusal `bad_request` for a request that is malformed, unproven or weak */
  enrol(request: Buffer): Buffer {
    try {
      return this.issue(checkedCsr(request));
    } catch (failure) {
      if (failure instanceof PkiError) throw new Refusal('bad_request', failure.message);
      throw failure;
    }
  }

  private issue({ subject, spki }: ParsedCsr): Buffer {
    const startMs = Math.floor(this.clock.nowMs() / 1000) * 1000;
    const { der } = this.authority.issuer.issue({
      ...{ subject, spki, serial: this.authority.newSerial(), notBefore: new Date(startMs) },
      notAfter: new Date(startMs + this.config.certificateDays * DAY_MS),
    });
    this.metrics.certificateIssued();
    return der;
  }
}

function checkedCsr(request: Buffer): ParsedCsr {
  const csr = parseCsr(request);
  if (!csr.isProofValid) throw new Refusal('bad_request', 'proof of possession does not verify');
  if (csr.subject.length === 0) throw new Refusal('bad_request', 'subject must not be empty');
  if (csr.suite === 'rsa-2048' && rsaBits(csr.spki) < LEAST_RSA_BITS) {
    throw new Refusal('bad_request', `RSA key must have at least ${LEAST_RSA_BITS} bits`);
  }
  return csr;
}

const rsaBits = (spki: Buffer): number =>
  createPublicKey({ key: spki, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength ?? 0;
