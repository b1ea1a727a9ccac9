import { Body, Controller, Headers, Post } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { FaultHints } from '../../domain/fault-hints.js';
import { Refusal } from '../../domain/refusal.js';
import { hintsOf } from '../answered.js';
import { DssSessions } from './dss-session.js';
import { DssTransactions, type CodeAnswer } from './dss-transactions.js';

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

const CANCELLED = 'Операция отменена пользователем';

const failed = (why: string) => ({ IsFinal: true, IsError: true, Error: why, ErrorDescription: why });

/** Token service: confirmation of transactions by a code in an SMS (section 2.4). */
@Controller('STS')
export class StsController {
  constructor(
    private readonly sessions: DssSessions,
    private readonly transactions: DssTransactions,
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
    const answer = ChallengeResponse?.TextChallengeResponse[0];
    const hints = hintsOf(exchange);
    if (hints['confirmation-cancelled'] === true) return failed(CANCELLED);
    try {
      if (answer !== undefined) return this.confirm({ refId: answer.RefId, value: answer.Value ?? '' }, user, hints);
      return this.challenge(TransactionTokenId ?? '', user, hints);
    } catch (failure) {
      if (failure instanceof Refusal) return failed(failure.message);
      throw failure;
    }
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
    const transaction = this.transactions.confirm(answer, user, hints);
    if (transaction === undefined) return failed('transaction_not_found');
    const { token, lifeSeconds } = this.sessions.open(user, transaction.id);
    return { IsFinal: true, IsError: false, AccessToken: token, ExpiresIn: lifeSeconds };
  }
}
