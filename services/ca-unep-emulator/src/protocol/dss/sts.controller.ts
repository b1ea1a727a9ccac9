import { Body, Controller, Headers, Post } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { FaultHints } from '../../domain/fault-hints.js';
import { Refusal, type RefusalCode } from '../../domain/refusal.js';
import { hintsOf } from '../answered.js';
import { DssSessions } from './dss-session.js';
import { DssCallbacks } from './dss-callbacks.js';
import { DssTransactions, type CodeAnswer, type DssTransaction } from './dss-transactions.js';

const SMS_METHOD = 'http://dss.cryptopro.ru/identity/authenticationmethod/otpviasms';

const confirmationSchema = z.object({
  Resource: z.string().max(500).nullish(),
  TransactionTokenId: z.string().max(100).nullish(),
  ChallengeResponse: z
    .object({
      TextChallengeResponse: z
        .array(z.object({ RefId: z.string().max(100), Value: z.string().max(20).nullish() }))
        .min(1)
        .max(1),
    })
    .nullish(),
});

/** After these no code will do. */
const LOST: readonly RefusalCode[] = ['code_expired', 'too_many_attempts'];
const CANCELLED = 'Операция отменена пользователем';

const failed = (why: string) => ({ IsFinal: true, IsError: true, Error: why, ErrorDescription: why });

/** Token service: confirmation of transactions by a code in an SMS (section 2.4). */
@Controller('STS')
export class StsController {
  constructor(
    private readonly sessions: DssSessions,
    private readonly transactions: DssTransactions,
    private readonly callbacks: DssCallbacks,
  ) {}

  @Post('confirmation')
  @Operation('sts.confirmation', { about: 'sends or takes the code of a transaction', journalBody: () => '(not kept)' })
  confirmation(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const { user } = this.sessions.require(authorization);
    const parsed = confirmationSchema.safeParse(body);
    if (!parsed.success) throw new ProtocolError('invalid_request');
    const { TransactionTokenId, ChallengeResponse } = parsed.data;
    const given = ChallengeResponse?.TextChallengeResponse[0];
    const answer = given === undefined ? undefined : { refId: given.RefId, value: given.Value ?? '' };
    const hints = hintsOf(exchange);
    const transactionId = TransactionTokenId ?? '';
    if (hints['confirmation-cancelled'] === true) return this.cancelled(answer, transactionId);
    try {
      if (answer !== undefined) return this.confirm(answer, user, hints);
      return this.challenge(transactionId, user, hints);
    } catch (failure) {
      if (failure instanceof Refusal) return failed(failure.message);
      throw failure;
    }
  }

  private cancelled(answer: CodeAnswer | undefined, transactionId: string) {
    this.callbacks.tell(this.transactions.idOf(answer?.refId ?? '') ?? transactionId, CANCELLED);
    return failed(CANCELLED);
  }

  private challenge(transactionId: string, user: string, hints: FaultHints) {
    const challenge = this.transactions.challenge(transactionId, user, hints);
    if (challenge === undefined) return failed('transaction_not_found');
    const { refId, lifeSeconds } = challenge;
    const text = { Label: 'Код из SMS', AuthnMethod: SMS_METHOD, RefID: refId, ExpiresIn: lifeSeconds };
    const question = [{ ...text, Image: null, MaxLenSpecified: false, HideTextSpecified: false }];
    const title = { Value: 'Подтверждение операции' };
    return {
      Challenge: { Title: title, TextChallenge: question, ContextData: { RefID: refId } },
      IsFinal: false,
      IsError: false,
    };
  }

  private confirm(answer: CodeAnswer, user: string, hints: FaultHints) {
    const transaction = this.confirmed(answer, user, hints);
    if (transaction === undefined) return failed('transaction_not_found');
    const { token, lifeSeconds } = this.sessions.open(user, transaction.id);
    return { IsFinal: true, IsError: false, AccessToken: token, ExpiresIn: lifeSeconds };
  }

  /** A transaction that can no longer be confirmed has failed. */
  private confirmed(answer: CodeAnswer, user: string, hints: FaultHints): DssTransaction | undefined {
    const id = this.transactions.idOf(answer.refId);
    try {
      const transaction = this.transactions.confirm(answer, user, hints);
      if (transaction !== undefined) this.callbacks.tell(transaction.id);
      return transaction;
    } catch (failure) {
      const isLost = failure instanceof Refusal && LOST.includes(failure.code);
      if (isLost && id !== undefined) this.callbacks.tell(id, failure.message);
      throw failure;
    }
  }
}
