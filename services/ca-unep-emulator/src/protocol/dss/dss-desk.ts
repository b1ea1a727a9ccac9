import { Injectable } from '@nestjs/common';
import {
  Ids,
  ProtocolError,
  ResetOnAdmin,
  State,
  type DocumentStore,
  type Exchange,
  type Resettable,
} from '@poligon/emulator-kit';
import { personIndexOf, type Applicant } from '../../domain/applicant.js';
import type { IssueRequest } from '../../domain/issue-request.js';
import { subjectId } from '../../domain/subject-id.js';
import { statusAt, type UnepCertificate } from '../../domain/unep-certificate.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { ContentSigner } from '../../flow/content-signer.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { IssueRequests } from '../../flow/issue-requests.js';
import { hintsOf } from '../answered.js';
import type { SignatureOrder } from './signature-order.codec.js';

const PROFILE = 'dss';
const MAX_REQUESTS_OF_USER = 1000;
const MAX_USERS = 100_000;

/** Requests of one user; on the wire they and their certificates are known by small numbers. */
interface DssUser {
  readonly requestIds: readonly string[];
}

/** What users of the sign server order, in terms of the authority. A request and its certificate share one number. */
@Injectable()
@ResetOnAdmin()
export class DssDesk implements Resettable {
  private readonly users: DocumentStore<DssUser>;

  constructor(
    state: State,
    private readonly orders: IssueOrders,
    private readonly requests: IssueRequests,
    private readonly office: CertificateOffice,
    private readonly signer: ContentSigner,
    private readonly ids: Ids,
  ) {
    this.users = state.documents<DssUser>({ table: 'ca.dss_user', maxInMemory: MAX_USERS });
  }

  async createRequest(user: string, applicant: Applicant, exchange: Exchange): Promise<[number, IssueRequest]> {
    if ((await this.requestIdsOf(user)).length >= MAX_REQUESTS_OF_USER) throw new ProtocolError('overloaded');
    const id = subjectId(this.ids.uuid(), personIndexOf(applicant));
    const order = { id, profile: PROFILE, tenant: user, applicant, hints: hintsOf(exchange) } as const;
    const request = await this.orders.apply(order, 'ACCEPTED');
    const kept = await this.users.change(user, (current) => ({ requestIds: [...(current?.requestIds ?? []), id] }));
    exchange.onEnd(() => this.orders.begin(id));
    return [kept!.requestIds.indexOf(id) + 1, request];
  }

  /** @throws ProtocolError `not_found` */
  async request(user: string, number: number): Promise<IssueRequest> {
    const id = (await this.requestIdsOf(user))[number - 1];
    const request = id === undefined ? undefined : await this.requests.find(id);
    if (request === undefined) throw new ProtocolError('not_found');
    return request;
  }

  async requestsOf(user: string): Promise<[number, IssueRequest][]> {
    const numbered = (await this.requestIdsOf(user)).map(async (id, index) => {
      const request = await this.requests.find(id);
      return request === undefined ? [] : [[index + 1, request] as [number, IssueRequest]];
    });
    return (await Promise.all(numbered)).flat();
  }

  async certificatesOf(user: string): Promise<[number, UnepCertificate][]> {
    const numbered = (await this.requestsOf(user)).map(async ([number, { certificateId }]) => {
      const certificate = certificateId === undefined ? undefined : await this.office.find(certificateId);
      return certificate === undefined ? [] : [[number, certificate] as [number, UnepCertificate]];
    });
    return (await Promise.all(numbered)).flat();
  }

  /** The certificate of a number, 0 for the user's first active one. @throws ProtocolError `enroll_is_missing` */
  async certificate(user: string, number: number, nowMs: number): Promise<UnepCertificate> {
    const active = (await this.certificatesOf(user)).filter(([, found]) => statusAt(found, nowMs) === 'ACTIVE');
    const found = number === 0 ? active[0] : active.find(([own]) => own === number);
    if (found === undefined) throw new ProtocolError('enroll_is_missing');
    return found[1];
  }

  /** Signs now. @returns one CMS per order */
  async sign(user: string, orders: readonly SignatureOrder[], nowMs: number, exchange: Exchange): Promise<Buffer[]> {
    const signed: Buffer[] = [];
    for (const { certificateId, ...order } of orders) {
      const certificate = await this.certificate(user, certificateId, nowMs);
      signed.push(await this.signer.sign(certificate, { ...order, hints: hintsOf(exchange) }));
    }
    return signed;
  }

  /** @throws ProtocolError `not_found`, Refusal `wrong_state` */
  async revoke(user: string, number: number): Promise<void> {
    const { certificateId } = await this.request(user, number);
    if (certificateId === undefined) throw new ProtocolError('not_found');
    await this.orders.revoke(certificateId, PROFILE, 'cessationOfOperation');
  }

  async reset(): Promise<void> {
    await this.users.remove();
  }

  private async requestIdsOf(user: string): Promise<readonly string[]> {
    return (await this.users.find(user))?.requestIds ?? [];
  }
}
