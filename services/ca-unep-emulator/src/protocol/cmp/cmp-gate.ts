import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import {
  isPasswordMac,
  OID,
  parseCertificate,
  parsePasswordMac,
  passwordProtector,
  signatureProtector,
  verifyCertificateChain,
  verifySignature,
  type CmpMessage,
  type CmpProtection,
  type CmpProtector,
  type ParsedCertificate,
} from '@poligon/pki';
import type { CaConfig } from '../../config.js';
import { CertificationAuthority } from '../../flow/certification-authority.js';
import { Revocations } from '../../flow/revocations.js';
import { isSameSecret } from '../credentials.js';
import { CmpRefusal } from './cmp-refusal.js';

/** Who sent a message, proved by its protection, and how answers to it are protected. */
export interface CmpRequester {
  /** Absent for somebody who knows the shared secret: a registration authority. */
  readonly certificate: ParsedCertificate | undefined;
  readonly protector: CmpProtector;
}

const SALT_BYTES = 16;

/** Checks the protection of messages: a MAC under the shared secret, or the signature of a certificate in force. */
@Injectable()
export class CmpGate {
  constructor(
    private readonly authority: CertificationAuthority,
    private readonly revocations: Revocations,
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'cmpReference' | 'cmpSecret'>,
  ) {}

  /** Signs answers to those whose protection cannot be taken up. */
  get ownProtector(): CmpProtector {
    const { keyPair, keyId } = this.authority.issuer;
    return signatureProtector(keyPair, keyId);
  }

  /** @throws CmpRefusal, PkiError unless the protection is right */
  async open(message: CmpMessage): Promise<CmpRequester> {
    const { protection } = message;
    if (protection === undefined) throw new CmpRefusal('badMessageCheck', 'message must be protected');
    if (protection.algorithm === OID.passwordBasedMac) return this.byPassword(message, protection);
    return this.byCertificate(message, protection);
  }

  private byPassword({ header }: CmpMessage, protection: CmpProtection): CmpRequester {
    const parameters = parsePasswordMac(protection.parameters);
    const secret = Buffer.from(this.config.cmpSecret);
    const isKnown = isSameSecret(header.senderKid?.toString('latin1') ?? '', this.config.cmpReference);
    const isRight = isPasswordMac({ secret, parameters }, protection.data, protection.value);
    if (!isKnown || !isRight) throw new CmpRefusal('badMessageCheck', 'wrong reference value or secret');
    const own = { ...parameters, salt: this.ids.bytes(SALT_BYTES) };
    return { certificate: undefined, protector: passwordProtector(secret, header.senderKid, own) };
  }

  private async byCertificate(message: CmpMessage, protection: CmpProtection): Promise<CmpRequester> {
    const certificate = this.signerOf(message);
    const { algorithm, data, value: signature } = protection;
    const isRight = verifySignature({ algorithm, spki: certificate.spki, data, signature });
    if (!isRight) throw new CmpRefusal('badMessageCheck', 'protection does not verify');
    const at = new Date(this.clock.nowMs());
    const { trusted, intermediates } = this.authority.anchors;
    const { isTrusted, reason } = verifyCertificateChain(certificate.der, { trusted, intermediates, at });
    if (!isTrusted) throw new CmpRefusal('signerNotTrusted', reason ?? 'signer is not trusted');
    if ((await this.revocations.find(certificate.serialHex)) !== undefined) {
      throw new CmpRefusal('certRevoked', 'certificate of the signer is revoked');
    }
    return { certificate, protector: this.ownProtector };
  }

  /** The certificate that senderKID names, else the first one sent along (RFC 4210 5.1.1). */
  private signerOf({ header, extraCertificates }: CmpMessage): ParsedCertificate {
    const sent = extraCertificates.map(parseCertificate);
    const { senderKid } = header;
    const named = sent.find(({ subjectKeyId }) => senderKid !== undefined && subjectKeyId?.equals(senderKid) === true);
    const signer = named ?? sent[0];
    if (signer === undefined) throw new CmpRefusal('signerNotTrusted', 'certificate of the signer is not sent along');
    return signer;
  }
}
