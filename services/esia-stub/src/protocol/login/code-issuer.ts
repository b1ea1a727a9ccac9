import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, WireReply } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { AuthorizationRequest, CodeGrant } from '../../domain/grant.js';
import { codeClaims, codeHeader, type Visitor } from '../../domain/token-claims.js';
import { HINT } from '../../faults/fault-hints.js';
import { CodeStore } from '../../state/code.store.js';
import { ClientStore } from '../../state/client.store.js';
import type { Session } from '../../state/session.store.js';
import { Accounts } from '../accounts.js';
import { PersonDirectory } from '../person-directory.js';
import { withQuery } from '../return-address.js';
import { TokenSigner } from '../token/token-signer.js';
import type { Visit } from './visit.js';

/** Key of a code in the store. */
export const codeKey = (code: string): string => createHash('sha256').update(code).digest('base64url');

/** Longest User-Agent repeated inside a code. */
const MAX_USER_AGENT_CHARS = 512;

/** Issues authorization codes and sends the user back with them. */
@Injectable()
export class CodeIssuer {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly signer: TokenSigner,
    private readonly accounts: Accounts,
    private readonly codes: CodeStore,
    private readonly clients: ClientStore,
    private readonly people: PersonDirectory,
  ) {}

  /** Redirect to the client with a fresh code; `headers` go along. */
  async redirect(
    session: Session,
    request: AuthorizationRequest,
    visit: Visit,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<WireReply> {
    const code = await this.issue(session, request, visit);
    const fields = new URLSearchParams({ code });
    const state = this.stateOf(request, visit);
    if (state !== undefined) fields.set('state', state);
    return WireReply.redirect(withQuery(request.redirectUri, fields), { 'cache-control': 'no-store', ...headers });
  }

  private async issue(session: Session, request: AuthorizationRequest, visit: Visit): Promise<string> {
    const { exchange } = visit;
    const lifeS = exchange.hinted(HINT.codeExpiredOnIssue) === undefined ? this.config.codeLifeS : 0;
    const { isTrusted } = await this.accounts.of(session.personIndex, exchange);
    const grant = grantOf(session, request, { isTrusted, grantedAtMs: this.clock.nowMs() });
    const frame = {
      ...this.signer.frame(await this.clients.find(request.clientId), exchange, lifeS),
      oid: this.people.oidOf(session.personIndex),
    };
    const claims = { ...codeClaims(grant, request, frame, visitorOf(visit)), ...paddingOf(visit) };
    const code = this.signer.sign(codeHeader(frame.algorithm), claims, exchange);
    await this.codes.issue(codeKey(code), grant, this.clock.nowMs() + lifeS * 1000);
    return code;
  }

  private stateOf({ state }: AuthorizationRequest, { exchange }: Visit): string | undefined {
    if (exchange.hinted(HINT.stateLost) !== undefined) return undefined;
    return exchange.hinted(HINT.stateMismatch) === undefined ? state : this.ids.uuid();
  }
}

function grantOf(
  session: Session,
  request: AuthorizationRequest,
  facts: Pick<CodeGrant, 'isTrusted' | 'grantedAtMs'>,
): CodeGrant {
  return {
    clientId: request.clientId,
    personIndex: session.personIndex,
    scopes: request.scopes,
    orgScopes: request.orgScopes,
    hasPermissions: request.permissions.length > 0,
    sid: session.sid,
    authTimeMs: session.authTimeMs,
    isOffline: request.isOffline,
    nonce: request.nonce,
    ...facts,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
  };
}

function visitorOf({ request }: Visit): Visitor {
  return { remoteIp: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT_CHARS) };
}

/** Extra claim of the fault `long-code`. */
function paddingOf({ exchange }: Visit): object {
  const padBytes = exchange.hinted(HINT.longCode);
  return typeof padBytes === 'number' ? { pad: 'x'.repeat(padBytes) } : {};
}
