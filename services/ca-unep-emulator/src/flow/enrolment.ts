import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parseCsr, PkiError, suiteOfSpki, type ParsedCsr } from '@poligon/pki';
import type { FaultHints } from '../domain/fault-hints.js';
import { Refusal } from '../domain/refusal.js';
import { CertificateOffice } from './certificate-office.js';

const LEAST_RSA_BITS = 2048;

/** Certificates for keys that stay with their owners: a PKCS#10 request is all that is known of them. */
@Injectable()
export class Enrolment {
  constructor(private readonly office: CertificateOffice) {}

  /** @returns the certificate, DER. @throws Refusal `bad_request` for a request that is malformed, unproven or weak */
  async enrol(request: Buffer, hints: FaultHints): Promise<Buffer> {
    try {
      const { subject, spki } = checkedCsr(request);
      return (await this.office.certify({ subject, spki, profile: 'est', hints })).der;
    } catch (failure) {
      if (failure instanceof PkiError) throw new Refusal('bad_request', failure.message);
      throw failure;
    }
  }
}

/** A proven request for a key that is strong enough. @throws Refusal `bad_request`, PkiError */
export function checkedCsr(request: Buffer): ParsedCsr {
  const csr = parseCsr(request);
  if (!csr.isProofValid) throw new Refusal('bad_request', 'proof of possession does not verify');
  if (csr.subject.length === 0) throw new Refusal('bad_request', 'subject must not be empty');
  requireStrongKey(csr.spki);
  return csr;
}

/** @throws Refusal `bad_request` for an RSA key below 2048 bits */
export function requireStrongKey(spki: Buffer): void {
  if (suiteOfSpki(spki) !== 'rsa-2048' || rsaBits(spki) >= LEAST_RSA_BITS) return;
  throw new Refusal('bad_request', `RSA key must have at least ${LEAST_RSA_BITS} bits`);
}

const rsaBits = (spki: Buffer): number =>
  createPublicKey({ key: spki, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength ?? 0;
