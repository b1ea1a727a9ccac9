import { Injectable } from '@nestjs/common';
import { Clock, type Exchange } from '@poligon/emulator-kit';
import type { Organisation } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { orgScopesFor } from '../../domain/org-scope.js';
import { widened } from '../../domain/person-object.js';
import { scopesFor } from '../../domain/scope.js';
import { HINT } from '../../faults/fault-hints.js';
import { Accounts, type Account } from '../accounts.js';
import { restError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';
import { Revocations } from '../revocations.js';
import { nowOf } from '../skewed-time.js';
import { TokenVerifier, type Claims } from '../token-verifier.js';

/** A call to `/rs/prns/{oid}…` that proved its right. */
export interface PersonAccess {
  readonly personIndex: number;
  readonly account: Account;
  /** Scopes granted for this person. */
  readonly scopes: ReadonlySet<string>;
}

/** A call to `/rs/orgs/{oid}…` that proved its right. */
export interface OrgAccess {
  readonly organisation: Organisation;
  /** Organisation scopes granted for it. */
  readonly scopes: ReadonlySet<string>;
}

/** Opens `/rs` to bearers of access tokens. */
@Injectable()
export class Access {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly revocations: Revocations,
    private readonly people: PersonDirectory,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /** @throws ProtocolError 005011, 005013, 005029, or not-found for a person who does not exist */
  async person(request: FastifyRequest, exchange: Exchange): Promise<PersonAccess> {
    const claims = await this.claims(request, exchange);
    return this.personBy(claims, Number((request.params as { oid: string }).oid), exchange);
  }

  /** The person a token was made for. @throws ProtocolError 005011, 005013, 005029 */
  async bearer(request: FastifyRequest, exchange: Exchange): Promise<PersonAccess & { readonly oid: number }> {
    const claims = await this.claims(request, exchange);
    const oid = Number(claims['urn:esia:sbj_id']);
    return { oid, ...(await this.personBy(claims, oid, exchange)) };
  }

  private async personBy(claims: Claims, oid: number, exchange: Exchange): Promise<PersonAccess> {
    const personIndex = this.people.indexByOid(oid);
    if (personIndex === undefined) throw restError('not-found');
    const scopes = withoutRevoked(widened(scopesFor(String(claims['scope']), oid)), exchange);
    // A system's own token has no subject: its scopes must name the person.
    const subject = claims['urn:esia:sbj_id'];
    if (subject === undefined ? scopes.size === 0 : subject !== oid) throw restError('ESIA-005029');
    return { personIndex, scopes, account: await this.accounts.of(personIndex, exchange) };
  }

  /** @throws ProtocolError 005011, 005013, 005029, or not-found for an organisation that does not exist */
  async organisation(request: FastifyRequest, exchange: Exchange): Promise<OrgAccess> {
    const claims = await this.claims(request, exchange);
    const organisation = this.people.organisationByOid(Number((request.params as { orgOid: string }).orgOid));
    if (organisation === undefined) throw restError('not-found');
    const scopes = orgScopesFor(String(claims['scope']), organisation.esiaOid);
    if (scopes.size === 0) throw restError('ESIA-005029');
    return { organisation, scopes };
  }

  private async claims({ headers }: FastifyRequest, exchange: Exchange): Promise<Claims> {
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const claims = token === undefined ? undefined : this.verifier.claimsOf(token);
    if (token === undefined || claims === undefined) throw restError('ESIA-005011');
    if (Number(claims['exp']) * 1000 <= nowOf(exchange, this.clock)) throw restError('ESIA-005013');
    const revoked = await this.revocations.ofToken(token, claims);
    if (revoked !== undefined) throw restError(revoked === 'consent' ? 'ESIA-005029' : 'ESIA-005011');
    return claims;
  }
}

/** Scopes without those the fault `consent-revoked` takes: all when it names none. */
function withoutRevoked(scopes: ReadonlySet<string>, exchange: Exchange): ReadonlySet<string> {
  const revoked = exchange.hinted(HINT.consentRevoked);
  if (!Array.isArray(revoked)) return scopes;
  if (revoked.length === 0) throw restError('ESIA-005029');
  return new Set([...scopes].filter((name) => !revoked.includes(name)));
}
