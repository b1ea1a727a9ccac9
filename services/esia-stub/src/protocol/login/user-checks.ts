import { Injectable } from '@nestjs/common';
import type { Exchange } from '@poligon/emulator-kit';
import type { AuthorizationRequest } from '../../domain/grant.js';
import type { OAuthErrorCode } from '../error-table.js';
import { oauthError } from '../errors.js';
import { HINT } from '../../faults/fault-hints.js';

/** Whether the account is confirmed: all are unless a fault says otherwise. */
export const isTrusted = (exchange: Exchange): boolean => exchange.hinted(HINT.unconfirmedAccount) === undefined;

const CHECKS: readonly (readonly [OAuthErrorCode, (exchange: Exchange, request: AuthorizationRequest) => boolean])[] = [
  ['ESIA-007004', (exchange) => exchange.hinted(HINT.userDenied) !== undefined],
  ['ESIA-007055', (exchange, { personFilter }) => personFilter === 'conf_acc' && !isTrusted(exchange)],
  ['ESIA-007046', (exchange) => exchange.hinted(HINT.otpImpossible) !== undefined],
];

/** Checks on the user's side, after login: refusal by the user, confirmed account, second factor. */
@Injectable()
export class UserChecks {
  /** @throws ProtocolError that returns the user to the client */
  check(request: AuthorizationRequest, exchange: Exchange): void {
    const refused = CHECKS.find(([, isRefused]) => isRefused(exchange, request));
    if (refused !== undefined) throw refusal(refused[0], request);
  }
}

/** An error that sends the user back to where the request came from. */
export const refusal = (code: OAuthErrorCode, { redirectUri, state }: AuthorizationRequest): Error =>
  oauthError(code, { returnTo: redirectUri, state });
