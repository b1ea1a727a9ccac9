import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@poligon/emulator-kit';
import { subjectKey } from '@poligon/people';
import { crlReasonNumber, type SubjectAttribute } from '@poligon/pki';
import { fullNameOf, personIndexOf, type Applicant } from '../domain/applicant.js';
import { NO_HINTS, type FaultHints } from '../domain/fault-hints.js';
import { certificateContent, ownerOf, validity } from '../domain/certificate-content.js';
import type { CaProfile } from '../domain/issue-request.js';
import { Refusal } from '../domain/refusal.js';
import { subjectId } from '../domain/subject-id.js';
import { accepted, released, revoked, type UnepCertificate } from '../domain/unep-certificate.js';
import { CertificateStore } from '../state/certificate.store.js';
import { CaMetrics } from './ca-metrics.js';
import { CertificatePress } from './certificate-press.js';
import { CertificationAuthority } from './certification-authority.js';
import { KeyPool } from './key-pool.js';
import { Revocations } from './revocations.js';

/** For whom and how a certificate is made. */
export interface CertificateOrder {
  readonly applicant: Applicant;
  readonly profile: CaProfile;
  readonly tenant: string;
  readonly requestId?: string;
  /** True when no acceptance by the employee follows. */
  readonly isAccepted: boolean;
  readonly hints?: FaultHints;
}

/** A subject and a key, as a standard enrolment request gives them. */
export interface KeyOrder {
  readonly subject: readonly SubjectAttribute[];
  readonly spki: Buffer;
  readonly profile: CaProfile;
  readonly hints?: FaultHints;
}

/** Makes, keeps and revokes employees' certificates. */
@Injectable()
export class CertificateOffice {
  constructor(
    private readonly certificates: CertificateStore,
    private readonly authority: CertificationAuthority,
    private readonly keys: KeyPool,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly metrics: CaMetrics,
    private readonly revocations: Revocations,
    private readonly press: CertificatePress,
  ) {}

  /** @throws PkiError when a field of the applicant cannot be written into a certificate */
  async issue({
    applicant,
    profile,
    tenant,
    requestId,
    isAccepted,
    hints,
  }: CertificateOrder): Promise<UnepCertificate> {
    const keyPair = await this.keys.take();
    const nowMs = this.clock.nowMs();
    const content = certificateContent(applicant, keyPair.spki, nowMs, this.press.days);
    const { der, serialHex, notBefore, notAfter } = await this.press.make(content, hints ?? NO_HINTS, nowMs);
    const person = personIndexOf(applicant);
    const certificate: UnepCertificate = {
      id: subjectId(this.ids.uuid(), person),
      ...{ profile, tenant, requestId, serialHex, der, keyPair, isAccepted },
      subject: person === undefined ? undefined : subjectKey(person),
      fullName: fullNameOf(applicant),
      snils: applicant.snils,
      phone: applicant.phone,
      notBeforeMs: notBefore.getTime(),
      notAfterMs: notAfter.getTime(),
    };
    await this.certificates.add(certificate);
    this.metrics.certificateIssued();
    return certificate;
  }

  /** A certificate for a key that stays with its owner. @throws PkiError when the subject cannot be written */
  async certify({ subject, spki, profile, hints }: KeyOrder): Promise<UnepCertificate> {
    const nowMs = this.clock.nowMs();
    const { der, serialHex, notBefore, notAfter } = await this.press.make(
      { subject, spki, ...validity(nowMs, this.press.days) },
      hints ?? NO_HINTS,
      nowMs,
    );
    const owner = ownerOf(subject);
    const certificate: UnepCertificate = {
      id: subjectId(this.ids.uuid(), owner.person),
      ...{ profile, tenant: profile, requestId: undefined, serialHex, der, keyPair: undefined, isAccepted: true },
      subject: owner.person === undefined ? undefined : subjectKey(owner.person),
      ...{ fullName: owner.fullName, snils: owner.snils, phone: undefined },
      ...{ notBeforeMs: notBefore.getTime(), notAfterMs: notAfter.getTime() },
    };
    await this.certificates.add(certificate);
    this.metrics.certificateIssued();
    return certificate;
  }

  findBySerial(serialHex: string): Promise<UnepCertificate | undefined> {
    return this.certificates.findBySerial(serialHex);
  }

  find(id: string): Promise<UnepCertificate | undefined> {
    return this.certificates.find(id);
  }

  /** @throws Refusal `not_found`, also for a certificate of another profile */
  async require(id: string, profile: CaProfile): Promise<UnepCertificate> {
    const found = await this.certificates.find(id);
    if (found?.profile === profile) return found;
    throw unknown(id);
  }

  /** @throws Refusal `not_found` */
  async accept(id: string): Promise<UnepCertificate> {
    return existing(id, await this.certificates.update(id, accepted));
  }

  /** @throws Refusal `not_found`, `wrong_state` when it is revoked already */
  async revoke(id: string, reason: string): Promise<UnepCertificate> {
    const nowMs = this.clock.nowMs();
    const changed = await this.certificates.update(id, (certificate) => revoked(certificate, reason, nowMs));
    const certificate = existing(id, changed);
    const { serialHex, notAfterMs } = certificate;
    const generation = this.authority.generationOf(serialHex) ?? this.authority.current.number;
    const revocation = { serialHex, atMs: nowMs, reason: crlReasonNumber(reason), notAfterMs, generation };
    await this.revocations.add(revocation);
    this.metrics.certificateRevoked();
    return certificate;
  }

  /** Revokes a certificate that is no longer kept: its serial number proves whose it is. @throws Refusal `not_found`, `wrong_state` */
  async revokeForgotten(serialHex: string, reason: string): Promise<void> {
    const generation = this.authority.generationOf(serialHex);
    if (generation === undefined) throw unknown(serialHex);
    if ((await this.revocations.find(serialHex)) !== undefined) {
      throw new Refusal('wrong_state', 'сертификат уже отозван');
    }
    const nowMs = this.clock.nowMs();
    const notAfterMs = validity(nowMs, this.press.days).notAfter.getTime();
    const revocation = { serialHex, atMs: nowMs, reason: crlReasonNumber(reason), notAfterMs, generation };
    await this.revocations.add(revocation);
    this.metrics.certificateRevoked();
  }

  /** Lifts a hold. @throws Refusal `not_found`, `wrong_state` unless the certificate is on hold */
  async release(id: string): Promise<UnepCertificate> {
    const certificate = existing(id, await this.certificates.update(id, released));
    const { serialHex } = certificate;
    await this.revocations.lift(serialHex, this.authority.generationOf(serialHex) ?? this.authority.current.number);
    return certificate;
  }
}

function existing(id: string, certificate: UnepCertificate | undefined): UnepCertificate {
  if (certificate !== undefined) return certificate;
  throw unknown(id);
}

const unknown = (id: string): Refusal => new Refusal('not_found', `сертификат ${id} не найден`);
