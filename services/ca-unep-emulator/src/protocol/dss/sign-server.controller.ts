import { Body, Controller, Delete, Get, Headers, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { Clock, CONFIG, CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { readCertRequest } from './cert-request.codec.js';
import { DssAccounts } from './dss-accounts.js';
import { DssDesk } from './dss-desk.js';
import { DssRefusalInterceptor } from './dss-refusal.interceptor.js';
import { DssSessions, type DssSession } from './dss-session.js';
import { DssTransactions } from './dss-transactions.js';
import { certificateView, requestView } from './dss-views.js';
import { readDocument, readOperation, readTransaction, type SignatureOrder } from './signature-order.codec.js';

const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : -1);
const POLICY = {
  ActionPolicy: ['Issue', 'SignDocument', 'SignDocuments'].map((Action) => ({ Action, ConfirmationRequired: false })),
  CAPolicy: [{ ID: 1, Name: 'УЦ УНЭП испытательного полигона', Active: true, EKUTemplates: [] }],
};

/** Sign server of КриптоПро DSS (section 2.4). */
@Controller('SignServer/rest/api')
@UseInterceptors(DssRefusalInterceptor)
export class SignServerController {
  constructor(
    private readonly desk: DssDesk,
    private readonly sessions: DssSessions,
    private readonly transactions: DssTransactions,
    private readonly accounts: DssAccounts,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'isDssConfirmed'>,
  ) {}

  @Get('policy')
  @Operation('dss.policy', { about: 'what users may do, and authorities' })
  policy(@Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    return WireReply.json(POLICY);
  }

  @Get('certificates')
  @Operation('dss.certificates', { about: 'certificates of the user' })
  async certificates(@Headers('authorization') token: string | undefined) {
    const { user } = this.sessions.require(token);
    const nowMs = this.clock.nowMs();
    const found = await this.desk.certificatesOf(user);
    const protectedNumbers = await this.desk.numbersWithPin(user);
    const views = found.map(([number, one], index) =>
      certificateView(number, one, { nowMs, isDefault: index === 0, hasPin: protectedNumbers.has(number) }),
    );
    return WireReply.json(views);
  }

  @Post(['requests', 'v2/requests'])
  @Operation('dss.request-create', { about: 'asks for a certificate' })
  async create(
    @Body() body: unknown,
    @Headers('authorization') token: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const { user } = this.sessions.require(token);
    return WireReply.json(requestView(...(await this.desk.createRequest(user, readCertRequest(body), exchange))));
  }

  @Get(['requests', 'v2/requests'])
  @Operation('dss.requests', { about: 'requests of the user' })
  async requests(@Headers('authorization') token: string | undefined) {
    const { user } = this.sessions.require(token);
    return WireReply.json((await this.desk.requestsOf(user)).map(([number, request]) => requestView(number, request)));
  }

  @Get(['requests/:id', 'v2/requests/:id'])
  @Operation('dss.request', { about: 'one request' })
  async request(@Param('id') id: string, @Headers('authorization') token: string | undefined) {
    const { user } = this.sessions.require(token);
    return WireReply.json(requestView(numberOf(id), await this.desk.request(user, numberOf(id))));
  }

  @Delete('certificates/:id')
  @Operation('dss.certificate-delete', { about: 'revokes a certificate of the user' })
  async revoke(@Param('id') id: string, @Headers('authorization') token: string | undefined) {
    await this.desk.revoke(this.sessions.require(token).user, numberOf(id));
    return WireReply.empty(200);
  }

  @Post('transactions')
  @Operation('dss.transaction', { about: 'opens a transaction to be confirmed by code' })
  async transaction(@Body() body: unknown, @Headers('authorization') token: string | undefined) {
    const { user } = this.sessions.require(token);
    return WireReply.json(await this.open(user, readTransaction(body)));
  }

  @Post('documents')
  @Operation('dss.document', { about: 'signs a document, or what a confirmed transaction holds' })
  async document(
    @Body() body: unknown,
    @Headers('authorization') token: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const session = this.sessions.require(token, exchange);
    const { orders, pin } = readDocument(body);
    const wanted = orders.length > 0 ? orders : this.confirmed(session);
    const signed = await this.desk.sign(session.user, wanted, { pin, nowMs: this.clock.nowMs(), exchange });
    const texts = signed.map((signature) => signature.toString('base64'));
    return WireReply.json(texts.length === 1 ? texts[0] : texts);
  }

  @Post('v2/signature')
  @Operation('dss.v2-signature', { about: 'begins or executes a signing operation' })
  async operation(
    @Body() body: unknown,
    @Headers('authorization') token: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const session = this.sessions.require(token, exchange);
    const { orders, pin } = readOperation(body);
    if (orders.length > 0 && (await this.mustConfirm(session.user))) {
      return WireReply.json({ OperationId: await this.open(session.user, orders), Status: 'Created' });
    }
    const wanted = orders.length > 0 ? orders : this.confirmed(session);
    const signed = await this.desk.sign(session.user, wanted, { pin, nowMs: this.clock.nowMs(), exchange });
    const Result = signed.map((signature) => ({ Content: signature.toString('base64') }));
    return WireReply.json({ OperationId: session.transactionId ?? null, Status: 'Completed', Result });
  }

  private async mustConfirm(user: string): Promise<boolean> {
    return this.config.isDssConfirmed || (await this.accounts.mustConfirmSigning(user));
  }

  /** @throws ProtocolError `enroll_is_missing` before the user has a certificate that can sign */
  private async open(user: string, orders: readonly SignatureOrder[]): Promise<string> {
    const [, { phone }] = await this.desk.certificate(user, orders[0]?.certificateId ?? 0, this.clock.nowMs());
    return this.transactions.open(user, (await this.accounts.phoneOf(user)) ?? phone, orders);
  }

  /** @throws ProtocolError `content_required` for a token that confirms nothing */
  private confirmed({ user, transactionId }: DssSession): readonly SignatureOrder[] {
    const transaction = this.transactions.find(transactionId ?? '', user);
    if (transaction === undefined) throw new ProtocolError('content_required');
    return transaction.orders;
  }
}
