import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Ids, type Exchange } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { CaConfig } from '../../config.js';
import { personIndexOf } from '../../domain/applicant.js';
import { phoneMask } from '../../domain/one-time-code.js';
import { personOfSubjectId, subjectId } from '../../domain/subject-id.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { CodeDesk } from '../../flow/code-desk.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { IssueRequests } from '../../flow/issue-requests.js';
import { SigningDesk } from '../../flow/signing-desk.js';
import { DEFAULT_TENANT } from '../../flow/tenants.js';
import { answered, hintsOf } from '../answered.js';
import { checkedBody } from '../checked-body.js';
import { documentsSchema } from '../document-digests.js';
import { readIssueRequest, requestOnWire, stateOnWire } from './issue-request.codec.js';

const PROFILE = 'kontur';

const confirmSchema = z.object({ code: z.string().min(1, 'не должно быть пустым').max(20, 'не длиннее 20 знаков') });
const signSchema = z.object({ documents: documentsSchema });
const revokeSchema = z.object({ reason: z.string().max(500, 'не длиннее 500 знаков').default('unspecified') });

/** Calls of the Контур profile as orders to the authority, and its answers. All methods: @throws Refusal */
@Injectable()
export class KonturDesk {
  constructor(
    private readonly requests: IssueRequests,
    private readonly orders: IssueOrders,
    private readonly codes: CodeDesk,
    private readonly office: CertificateOffice,
    private readonly signing: SigningDesk,
    private readonly ids: Ids,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {}

  async create(body: unknown, exchange: Exchange) {
    const applicant = readIssueRequest(body);
    const id = subjectId(this.ids.uuid(), personIndexOf(applicant));
    const application = { id, profile: PROFILE, tenant: DEFAULT_TENANT, applicant, hints: hintsOf(exchange) } as const;
    return stateOnWire(await this.orders.apply(application, 'CREATED'));
  }

  async sendCode(id: string, exchange: Exchange) {
    const { applicant } = await this.requests.require(id, PROFILE);
    await this.codes.send(id, hintsOf(exchange));
    const { codeResendMs, codeTtlMs } = this.config;
    return {
      phoneMask: phoneMask(applicant.phone!),
      resendAfter: Math.ceil(codeResendMs / 1000),
      expiresIn: Math.floor(codeTtlMs / 1000),
    };
  }

  async confirm(id: string, body: unknown, exchange: Exchange) {
    const { code } = checkedBody(confirmSchema, body);
    await this.requests.require(id, PROFILE);
    const accepted = await this.codes.confirm(id, code, hintsOf(exchange));
    exchange.onEnd(() => this.orders.begin(id));
    return stateOnWire(accepted);
  }

  async find(id: string) {
    const request = await this.requests.require(id, PROFILE);
    const { certificateId } = request;
    return requestOnWire(request, certificateId === undefined ? undefined : await this.office.find(certificateId));
  }

  async sign(certificateId: string, body: unknown, exchange: Exchange) {
    const { documents } = checkedBody(signSchema, body);
    const id = subjectId(this.ids.uuid(), personOfSubjectId(certificateId));
    const order = { id, profile: PROFILE, tenant: DEFAULT_TENANT, certificateId, documents } as const;
    await this.signing.order({ ...order, hints: hintsOf(exchange) }, answered(exchange));
    return { operationId: id };
  }

  async operation(id: string) {
    const { state, signatures } = await this.signing.require(id, PROFILE);
    return {
      state,
      signatures: signatures.map(({ id: document, cms }) => ({ id: document, signature: cms.toString('base64') })),
    };
  }

  async revoke(certificateId: string, body: unknown) {
    const { reason } = checkedBody(revokeSchema, body ?? {});
    await this.orders.revoke(certificateId, PROFILE, reason);
    return { certificateId, state: 'REVOKED' };
  }
}
