import { Injectable } from '@nestjs/common';
import { Clock, Ids, type Exchange } from '@poligon/emulator-kit';
import {
  certReplyContent,
  CMP_CONFIRMED,
  cmpErrorContent,
  directoryName,
  encodeCmpMessage,
  parseCertConfirmations,
  parseCmpMessage,
  parsePollRequest,
  pollReplyContent,
  type CmpBodyName,
  type CmpMessage,
  type CmpProtector,
} from '@poligon/pki';
import { CertificationAuthority } from '../../flow/certification-authority.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { answerTo, CmpCertification } from './cmp-certification.js';
import { isCmpRequest, type CmpRequestName } from './cmp-facts.js';
import { CmpGate, type CmpRequester } from './cmp-gate.js';
import { asCmpRefusal, CmpRefusal } from './cmp-refusal.js';
import { CmpServices } from './cmp-services.js';
import { CmpTransactions, type CmpPending } from './cmp-transactions.js';

/** What an answer holds besides its header. */
interface Answer {
  readonly body: CmpBodyName;
  readonly content: Buffer;
  readonly isConfirmGranted?: boolean;
}

type Handler = (message: CmpMessage, requester: CmpRequester, exchange: Exchange) => Promise<Answer>;

const VERSIONS = [2, 3];
const NONCE_BYTES = 16;
/** Seconds after which a client whose certificate is not ready asks again, at most. */
const MAX_CHECK_AFTER_S = 60;

/** CMP (RFC 4210, RFC 9480): one message in, one message out, under the protection the client chose. */
@Injectable()
export class CmpDesk {
  private readonly handlers: Readonly<Record<CmpRequestName, Handler>> = {
    ir: (message, requester, exchange) => this.certify(message, 'ip', requester, exchange),
    cr: (message, requester, exchange) => this.certify(message, 'cp', requester, exchange),
    p10cr: (message, requester, exchange) => this.certify(message, 'cp', requester, exchange),
    kur: (message, requester, exchange) => this.certify(message, 'kup', requester, exchange),
    rr: async (message, requester) => ({ body: 'rp', content: await this.services.revoke(message, requester) }),
    genm: async (message) => ({ body: 'genp', content: this.services.inform(message) }),
    certConf: (message) => this.confirm(message),
    pollReq: (message) => this.poll(message),
  };

  constructor(
    private readonly gate: CmpGate,
    private readonly certification: CmpCertification,
    private readonly services: CmpServices,
    private readonly transactions: CmpTransactions,
    private readonly authority: CertificationAuthority,
    private readonly orders: IssueOrders,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The whole answer, DER. @throws PkiError when the message cannot be read at all */
  async answer(der: Buffer, exchange: Exchange): Promise<Buffer> {
    const message = parseCmpMessage(der);
    let requester: CmpRequester | undefined;
    try {
      if (!VERSIONS.includes(message.header.version)) {
        throw new CmpRefusal('unsupportedVersion', 'version must be 2 or 3');
      }
      requester = await this.gate.open(message);
      const { bodyName } = message;
      if (!isCmpRequest(bodyName)) throw new CmpRefusal('badRequest', 'body is not a request this authority serves');
      return this.encoded(message, await this.handlers[bodyName](message, requester, exchange), requester.protector);
    } catch (failure) {
      const refusal = asCmpRefusal(failure);
      if (refusal === undefined) throw failure;
      const content = cmpErrorContent(refusal.failure, refusal.message);
      return this.encoded(message, { body: 'error', content }, requester?.protector ?? this.gate.ownProtector);
    }
  }

  private encoded({ header }: CmpMessage, answer: Answer, protector: CmpProtector): Buffer {
    const { issuer, rootCertificate } = this.authority;
    return encodeCmpMessage({
      version: VERSIONS.includes(header.version) ? header.version : 2,
      sender: directoryName(issuer.subjectDer),
      recipient: header.sender,
      time: new Date(this.clock.nowMs()),
      ...{ transactionId: header.transactionId, recipientNonce: header.senderNonce },
      senderNonce: this.ids.bytes(NONCE_BYTES),
      grantsImplicitConfirm: answer.isConfirmGranted === true,
      ...{ body: answer.body, content: answer.content, protector },
      extraCertificates: [issuer.certificate, rootCertificate],
    });
  }

  private async certify(
    message: CmpMessage,
    body: CmpPending['answer'],
    requester: CmpRequester,
    exchange: Exchange,
  ): Promise<Answer> {
    const id = transactionOf(message);
    if (this.transactions.has(id)) throw new CmpRefusal('transactionIdInUse', 'transaction is under way');
    const { answers, pending } = await this.certification.serve(message, body, requester, exchange);
    if (pending.some(isOpen)) this.transactions.keep(id, pending);
    // Roots may be published only to those who share a secret with the authority (RFC 4210 5.3.2).
    const publications = requester.certificate === undefined ? [this.authority.rootCertificate] : [];
    const content = certReplyContent(answers, publications);
    return { body, content, isConfirmGranted: message.header.wantsImplicitConfirm };
  }

  /** A client that accepts ends its transaction; one that does not has its certificate revoked. */
  private async confirm(message: CmpMessage): Promise<Answer> {
    const id = transactionOf(message);
    const granted = this.transactions.find(id);
    if (granted.length === 0)
      throw new CmpRefusal('badRequest', 'no certificate of this transaction awaits confirmation');
    // An empty list rejects everything that was granted (RFC 4210 5.3.18).
    const confirmations = parseCertConfirmations(message.body);
    for (const { requestId, certificate } of granted) {
      if (certificate === undefined) continue;
      const confirmation = confirmations.find((one) => one.requestId === requestId);
      const isHashRight = confirmation?.hash.equals(this.authority.issuer.keyPair.owner.digest(certificate.der));
      if (confirmation !== undefined && isHashRight !== true) {
        throw new CmpRefusal('badCertId', 'hash is not that of the certificate');
      }
      if (confirmation?.isAccepted !== true)
        await this.orders.revokeSerial(certificate.serialHex, 'cessationOfOperation');
    }
    this.transactions.end(id);
    return { body: 'pkiconf', content: CMP_CONFIRMED };
  }

  /** The certificate when it is ready, else when to ask again. */
  private async poll(message: CmpMessage): Promise<Answer> {
    const id = transactionOf(message);
    const requestId = parsePollRequest(message.body)[0];
    const all = this.transactions.find(id);
    const waiting = all.find((one) => one.requestId === requestId && one.make !== undefined);
    if (waiting?.make === undefined) throw new CmpRefusal('badRequest', 'nothing of this transaction is waited for');
    const leftMs = (waiting.readyAtMs ?? 0) - this.clock.monotonicMs();
    if (leftMs > 0) {
      const seconds = Math.min(MAX_CHECK_AFTER_S, Math.ceil(leftMs / 1000));
      return { body: 'pollRep', content: pollReplyContent(waiting.requestId, seconds) };
    }
    const certificate = await waiting.make();
    const { answer, isConfirmed } = waiting;
    const rest = all.map((one) =>
      one === waiting ? { requestId: one.requestId, answer, isConfirmed, certificate } : one,
    );
    if (rest.some(isOpen)) this.transactions.keep(id, rest);
    else this.transactions.end(id);
    return {
      body: answer,
      content: certReplyContent([answerTo(waiting.requestId, certificate)]),
      isConfirmGranted: isConfirmed,
    };
  }
}

/** Something of the request is still to come: its certificate or its confirmation. */
const isOpen = ({ isConfirmed, certificate }: CmpPending): boolean => !isConfirmed || certificate === undefined;

function transactionOf({ header }: CmpMessage): string {
  if (header.transactionId === undefined) throw new CmpRefusal('badRequest', 'transactionID is required');
  return header.transactionId.toString('hex');
}
