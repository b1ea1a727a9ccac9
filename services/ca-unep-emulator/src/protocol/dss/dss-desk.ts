import { Injectable } from '@nestjs/common';
import { Ids, ProtocolError, type Exchange } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import { personIndexOf, splitFullName, type Applicant } from '../../domain/applicant.js';
import type { IssueRequest } from '../../domain/issue-request.js';
import { subjectId } from '../../domain/subject-id.js';
import { statusAt, type UnepCertificate } from '../../domain/unep-certificate.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { ContentSigner } from '../../flow/content-signer.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { IssueRequests } from '../../flow/issue-requests.js';
import { hintsOf } from '../answered.js';
import { isSameSecret } from '../credentials.js';
import type { CertRequest } from './cert-request.codec.js';
import { DssUsers, pinDigest } from './dss-users.js';
import type { SignatureOrder } from './signature-order.codec.js';

const PROFILE = 'dss';
const MAX_REQUESTS_OF_USER = 1000;

/** Why and when something is signed. */
export interface SigningCall {
  /** PIN code given; empty for none. */
  readonly pin: string;
  readonly nowMs: number;
  readonly exchange: Exchange;
}

type Numbered<T> = readonly [number: number, found: T];

/** What users of the sign server order, in terms of the authority. A request and its certificate share one number. */
@Injectable()
export class DssDesk {
  constructor(
    private readonly users: DssUsers,
    private readonly orders: IssueOrders,
    private readonly requests: IssueRequests,
    private readonly office: CertificateOffice,
    private readonly signer: ContentSigner,
    private readonly ids: Ids,
  ) {}

  async createRequest(
    user: string,
    { applicant, pin }: CertRequest,
    exchange: Exchange,
  ): Promise<[number, IssueRequest]> {
    if ((await this.requestIdsOf(user)).length >= MAX_REQUESTS_OF_USER) throw new ProtocolError('overloaded');
    const id = subjectId(this.ids.uuid(), personIndexOf(applicant));
    const order = { id, profile: PROFILE, tenant: user, applicant, hints: hintsOf(exchange) } as const;
    const request = await this.orders.apply(order, 'ACCEPTED');
    const number = await this.users.number(user, { requestId: id }, pin);
    exchange.onEnd(() => this.orders.begin(id));
    return [number, request];
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
      if (id === '') return [];
      const request = await this.requests.find(id);
      return request === undefined ? [] : [[index + 1, request] as [number, IssueRequest]];
    });
    return (await Promise.all(numbered)).flat();
  }

  async certificatesOf(user: string): Promise<Numbered<UnepCertificate>[]> {
    const ofRequests = (await this.requestsOf(user)).map(
      ([number, { certificateId }]) => [number, certificateId] as const,
    );
    const { certificateIds = {} } = await this.users.find(user);
    const own = Object.entries(certificateIds).map(([number, id]) => [Number(number), id] as const);
    const found = [...ofRequests, ...own].map(async ([number, id]): Promise<Numbered<UnepCertificate>[]> => {
      const certificate = id === undefined ? undefined : await this.office.find(id);
      return certificate === undefined ? [] : [[number, certificate]];
    });
    return (await Promise.all(found)).flat().sort(([left], [right]) => left - right);
  }

  /** Numbers of the certificates whose key a PIN code protects. */
  async numbersWithPin(user: string): Promise<ReadonlySet<number>> {
    return new Set(Object.keys((await this.users.find(user)).pins ?? {}).map(Number));
  }

  /** The certificate of a number, 0 for the user's first active one. @throws ProtocolError `enroll_is_missing` */
  async certificate(user: string, number: number, nowMs: number): Promise<Numbered<UnepCertificate>> {
    const active = (await this.certificatesOf(user)).filter(([, found]) => statusAt(found, nowMs) === 'ACTIVE');
    const found = number === 0 ? active[0] : active.find(([own]) => own === number);
    if (found === undefined) throw new ProtocolError('enroll_is_missing');
    return found;
  }

  /** Signs now. @returns one signature per order. @throws ProtocolError `enroll_is_missing`, `invalid_pin`, `invalid_content` */
  async sign(
    user: string,
    orders: readonly SignatureOrder[],
    { pin, nowMs, exchange }: SigningCall,
  ): Promise<Buffer[]> {
    const signed: Buffer[] = [];
    for (const { certificateId, ...order } of orders) {
      const [number, certificate] = await this.certificate(user, certificateId, nowMs);
      await this.checkPin(user, number, pin);
      signed.push(await readable(this.signer.sign(certificate, { ...order, hints: hintsOf(exchange) })));
    }
    return signed;
  }

  /** A key made at once, with a certificate that names the user. @param pin empty: none */
  async generateKey(user: string, pin: string, exchange: Exchange): Promise<Numbered<UnepCertificate>> {
    if ((await this.requestIdsOf(user)).length >= MAX_REQUESTS_OF_USER) throw new ProtocolError('overloaded');
    const person = splitFullName(user) ?? { lastName: user, firstName: '' };
    const applicant: Applicant = { ...person, snils: '', inn: '', identification: 'ONSITE' };
    const hints = hintsOf(exchange);
    const certificate = await this.office.issue({ applicant, profile: PROFILE, tenant: user, isAccepted: true, hints });
    return [await this.users.number(user, { certificateId: certificate.id }, pin), certificate];
  }

  /** @throws ProtocolError `not_found`, Refusal `wrong_state` */
  async revoke(user: string, number: number): Promise<void> {
    const found = (await this.certificatesOf(user)).find(([own]) => own === number);
    if (found === undefined) throw new ProtocolError('not_found');
    await this.orders.revoke(found[1].id, PROFILE, 'cessationOfOperation');
  }

  /** Withdraws a request. @throws ProtocolError `not_found`, Refusal `wrong_state` */
  async cancel(user: string, number: number): Promise<void> {
    const { id } = await this.request(user, number);
    await this.orders.cancel(id, PROFILE, undefined);
  }

  /** @throws ProtocolError `invalid_pin` */
  private async checkPin(user: string, number: number, pin: string): Promise<void> {
    const expected = (await this.users.find(user)).pins?.[number];
    if (expected === undefined) return;
    if (!isSameSecret(pinDigest(user, number, pin), expected)) throw new ProtocolError('invalid_pin');
  }

  private async requestIdsOf(user: string): Promise<readonly string[]> {
    return (await this.users.find(user)).requestIds;
  }
}

/** A document that is not what its signature needs is the client's fault. @throws ProtocolError `invalid_content` */
async function readable(signing: Promise<Buffer>): Promise<Buffer> {
  try {
    return await signing;
  } catch (failure) {
    if (failure instanceof PkiError) throw new ProtocolError('invalid_content');
    throw failure;
  }
}
