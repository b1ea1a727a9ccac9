import { Injectable } from '@nestjs/common';
import { Clock, type Exchange, type FailureDetail } from '@poligon/emulator-kit';
import { unmetDemand } from '../../domain/account-filter.js';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { HINT } from '../../faults/fault-hints.js';
import { Accounts } from '../accounts.js';
import type { OAuthErrorCode } from '../error-table.js';
import { oauthError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';
import { nowOf } from '../skewed-time.js';

/** Checks on the user's side, after login: refusal by the user, second factor, and what the request demands of the account. */
@Injectable()
export class UserChecks {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: PersonDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws ProtocolError that returns the user to the client */
  async check(request: AuthorizationRequest, personIndex: number, exchange: Exchange): Promise<void> {
    const refuses = (hint: string): boolean => exchange.hinted(hint) !== undefined;
    if (refuses(HINT.userDenied)) throw refusal('ESIA-007004', request);
    const { person, isTrusted } = await this.accounts.of(personIndex, exchange);
    const facts = { birthDate: person.birthDate, isTrusted, isChief: this.people.isChief(personIndex) };
    const unmet = unmetDemand(request.filter, facts, nowOf(exchange, this.clock));
    if (unmet !== undefined) throw refusal(unmet, request);
    if (refuses(HINT.otpImpossible)) throw refusal('ESIA-007046', request);
  }
}

/** An error that sends the user back to where the request came from. */
export const refusal = (
  code: OAuthErrorCode,
  { redirectUri, state }: AuthorizationRequest,
  detail: FailureDetail = {},
): Error => oauthError(code, { ...detail, returnTo: redirectUri, state });
