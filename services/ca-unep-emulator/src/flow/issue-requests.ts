import { Injectable } from '@nestjs/common';
import { Clock } from '@poligon/emulator-kit';
import { moved, type CaProfile, type IssueRequest, type IssueState } from '../domain/issue-request.js';
import { Refusal } from '../domain/refusal.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { IssueRequestStore } from '../state/issue-request.store.js';
import { CaMetrics } from './ca-metrics.js';
import { ResultNotices } from './result-notices.js';

type Change = Parameters<typeof moved>[3];

/** What a tenant hears of a move; ISSUED is told with the certificate. */
const TOLD: ReadonlySet<IssueState> = new Set([
  'CHECKING',
  'AWAITING_GOSUSLUGI',
  'ACTIVE',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
]);

/** Issue requests and their moves: every move is kept, counted and told. */
@Injectable()
export class IssueRequests {
  constructor(
    private readonly store: IssueRequestStore,
    private readonly notices: ResultNotices,
    private readonly metrics: CaMetrics,
    private readonly clock: Clock,
  ) {}

  /** False when the id is taken. */
  async add(request: IssueRequest): Promise<boolean> {
    const isNew = await this.store.add(request);
    if (isNew) this.metrics.requestEntered(request.state);
    return isNew;
  }

  find(id: string): Promise<IssueRequest | undefined> {
    return this.store.find(id);
  }

  /** @throws Refusal `not_found`, also for a request of another profile when one is given */
  async require(id: string, profile?: CaProfile): Promise<IssueRequest> {
    const request = await this.store.find(id);
    if (request === undefined || (profile !== undefined && request.profile !== profile)) throw unknown(id);
    return request;
  }

  /** @throws Refusal `not_found`, `wrong_state` when the request cannot go there from where it is */
  async move(id: string, state: IssueState, change?: Change): Promise<IssueRequest> {
    const request = await this.advance(id, state, change);
    if (TOLD.has(state)) await this.notices.requestMoved(request);
    return request;
  }

  /** The certificate is made; one that needs no acceptance is in force at once. @throws Refusal as `move` */
  async issued(id: string, certificate: UnepCertificate): Promise<IssueRequest> {
    const request = await this.advance(id, 'ISSUED', { certificateId: certificate.id });
    await this.notices.certificateIssued(request, certificate);
    return certificate.isAccepted ? this.move(id, 'ACTIVE') : request;
  }

  /** Any other change. @throws Refusal `not_found`, and what `change` throws */
  async change(id: string, change: (request: IssueRequest) => IssueRequest): Promise<IssueRequest> {
    const request = await this.store.update(id, change);
    if (request === undefined) throw unknown(id);
    return request;
  }

  private async advance(id: string, state: IssueState, change?: Change): Promise<IssueRequest> {
    const request = await this.change(id, (current) => moved(current, state, this.clock.nowMs(), change));
    this.metrics.requestEntered(state, request.reason?.code);
    return request;
  }
}

const unknown = (id: string): Refusal => new Refusal('not_found', `заявка ${id} не найдена`);
