import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, WireReply } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { AuthorizationRequest, CodeGrant } from '../../domain/grant.js';
import { encodeJwt } from '../../domain/jwt.js';
import { codeClaims, codeHeader, type Visitor } from '../../domain/token-claims.js';
import { HINT } from '../../faults/fault-hints.js';
import { CodeStore } from '../../state/code.store.js';
import { ClientStore } from '../../state/client.store.js';
import type { Session } from '../../state/session.store.js';
import { issuerOf } from '../esia-issuer.js';
import { PersonDirectory } from '../person-directory.js';
import { withQuery } from '../return-address.js';
import { nowOf } from '../skewed-time.js';
import { TokenKeys } from '../token-keys.js';
import { isTrusted } from './user-checks.js';
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
    private readonly keys: TokenKeys,
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
    const grant = grantOf(session, request, isTrusted(exchange));
    const client = await this.clients.find(request.clientId);
    const algorithm = client?.tokenAlg ?? this.config.tokenAlgorithm;
    const claims = codeClaims(
      grant,
      request,
      {
        issuer: issuerOf(this.config, exchange),
        algorithm,
        oid: this.people.oidOf(session.personIndex),
        nowMs: nowOf(exchange, this.clock),
        lifeS,
      },
      visitorOf(visit),
    );
    const code = encodeJwt(
      codeHeader(algorithm),
      { ...claims, ...paddingOf(visit) },
      this.keys.of(algorithm),
      this.config.isSlashEscaped,
    );
    await this.codes.issue(codeKey(code), grant, this.clock.nowMs() + lifeS * 1000);
    return code;
  }

  private stateOf({ state }: AuthorizationRequest, { exchange }: Visit): string | undefined {
    if (exchange.hinted(HINT.stateLost) !== undefined) return undefined;
    return exchange.hinted(HINT.stateMismatch) === undefined ? state : this.ids.uuid();
  }
}

function grantOf(session: Session, request: AuthorizationRequest, isConfirmed: boolean): CodeGrant {
  return {
    clientId: request.clientId,
    personIndex: session.personIndex,
    scopes: request.scopes,
    sid: session.sid,
    authTimeMs: session.authTimeMs,
    isOffline: request.isOffline,
    isTrusted: isConfirmed,
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
