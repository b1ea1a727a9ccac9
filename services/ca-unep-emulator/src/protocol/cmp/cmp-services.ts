import { Injectable } from '@nestjs/common';
import {
  CRL_REASONS,
  cmpStatusInfo,
  der,
  generalReplyContent,
  parseGeneralMessage,
  parseRevocationDetails,
  revocationReplyContent,
  type CmpMessage,
  type RevocationDetails,
} from '@poligon/pki';
import { CertificationAuthority } from '../../flow/certification-authority.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { RevocationLists } from '../../flow/revocation-lists.js';
import type { CmpRequester } from './cmp-gate.js';
import { asCmpRefusal, CmpRefusal } from './cmp-refusal.js';

/** InfoTypeAndValue types of general messages (RFC 4210 5.3.19, RFC 9480 2.14). */
const INFO = {
  signKeyPairTypes: '1.3.6.1.5.5.7.4.2',
  currentCrl: '1.3.6.1.5.5.7.4.6',
  caCerts: '1.3.6.1.5.5.7.4.17',
} as const;

const REASON_NAMES = new Map<number, string>(Object.entries(CRL_REASONS).map(([name, number]) => [number, name]));

/** rr and genm: revocation, and questions about the authority. */
@Injectable()
export class CmpServices {
  constructor(
    private readonly orders: IssueOrders,
    private readonly authority: CertificationAuthority,
    private readonly lists: RevocationLists,
  ) {}

  /** Body of rp: each certificate is answered by itself. @throws PkiError when the body cannot be read */
  async revoke({ body }: CmpMessage, requester: CmpRequester): Promise<Buffer> {
    const statuses: Buffer[] = [];
    for (const details of parseRevocationDetails(body)) statuses.push(await this.revokeOne(details, requester));
    return revocationReplyContent(statuses);
  }

  /** Body of genp. @throws PkiError when the body cannot be read */
  inform({ body }: CmpMessage): Buffer {
    return generalReplyContent(parseGeneralMessage(body).map((type) => [type, this.infoOf(type)] as const));
  }

  private async revokeOne(details: RevocationDetails, requester: CmpRequester): Promise<Buffer> {
    try {
      const { serialHex, reason } = await this.allowed(details, requester);
      await this.orders.revokeSerial(serialHex, reason);
      return cmpStatusInfo('accepted');
    } catch (failure) {
      const refusal = asCmpRefusal(failure);
      if (refusal === undefined) throw failure;
      return cmpStatusInfo('rejection', refusal.message, refusal.failure);
    }
  }

  /** Holders revoke their own certificates, a registration authority any. @throws CmpRefusal */
  private async allowed({ issuerDer, serial, reason = 0 }: RevocationDetails, { certificate }: CmpRequester) {
    if (serial === undefined) throw new CmpRefusal('badCertId', 'serial number is required');
    if (issuerDer !== undefined && !this.authority.isOwnName(issuerDer)) {
      throw new CmpRefusal('wrongAuthority', 'certificate is of another authority');
    }
    const name = REASON_NAMES.get(reason);
    if (name === undefined) throw new CmpRefusal('badRequest', `unknown revocation reason ${reason}`);
    const isOwn = certificate === undefined || certificate.serial.equals(serial);
    if (!isOwn) throw new CmpRefusal('notAuthorized', 'certificate belongs to somebody else');
    return { serialHex: serial.toString('hex').toUpperCase(), reason: name };
  }

  private infoOf(type: string): Buffer | undefined {
    const { issuer, rootCertificate, suite } = this.authority;
    if (type === INFO.caCerts) return der.sequence(issuer.certificate, rootCertificate);
    if (type === INFO.signKeyPairTypes) return der.sequence(suite.signatureAlgorithm);
    return type === INFO.currentCrl ? this.lists.list('1') : undefined;
  }
}
