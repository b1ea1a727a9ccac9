import type { TokenAlgorithm } from './client.js';
import type { AuthorizationRequest, Grant } from './grant.js';
import { orgScopeClaim } from './org-scope.js';
import { tokenScope } from './scope.js';

/** What all claims of one token share. */
export interface TokenFrame {
  readonly issuer: string;
  readonly algorithm: TokenAlgorithm;
  readonly oid: number;
  readonly nowMs: number;
  readonly lifeS: number;
  /** Claim `permissions` of an access token. */
  readonly permissions?: string | undefined;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Header of a token: `sbt` tells the kinds apart, there is no `kid`. */
export const tokenHeader = (sbt: 'access' | 'id', algorithm: TokenAlgorithm) => ({
  ver: sbt === 'access' ? 1 : 0,
  typ: 'JWT',
  sbt,
  alg: algorithm,
});

/** Claim `scope` of everything made from one grant. */
const grantScope = ({ scopes, orgScopes }: Grant, oid: number): string =>
  [tokenScope(scopes, oid), ...orgScopes.map(orgScopeClaim)].join(' ');

/** Payload of an access token; claims in the order the real system writes them. */
export function accessTokenClaims(
  grant: Grant,
  { issuer, algorithm, oid, nowMs, lifeS, permissions }: TokenFrame,
): object {
  const iat = seconds(nowMs);
  return {
    nbf: iat,
    scope: grantScope(grant, oid),
    iss: issuer,
    'urn:esia:sid': grant.sid,
    'urn:esia:sbj_id': oid,
    exp: iat + lifeS,
    iat,
    client_id: grant.clientId,
    ...(permissions === undefined ? {} : { permissions }),
    ...(algorithm === 'RS256' ? {} : { acr: { tls: 'gost' } }),
  };
}

/** Payload of an access token a system got for itself: it has neither session nor subject. */
export function systemTokenClaims(
  { clientId, scope }: { readonly clientId: string; readonly scope: string },
  { issuer, algorithm, nowMs, lifeS, permissions }: Omit<TokenFrame, 'oid'>,
): object {
  const iat = seconds(nowMs);
  const acr = algorithm === 'RS256' ? {} : { acr: { tls: 'gost' } };
  return {
    nbf: iat,
    scope,
    iss: issuer,
    exp: iat + lifeS,
    iat,
    client_id: clientId,
    ...(permissions === undefined ? {} : { permissions }),
    ...acr,
  };
}

/** Payload of an id_token. `is_tru` is absent for accounts that are not confirmed: clients test for its presence. */
export function idTokenClaims(grant: Grant, { issuer, oid, nowMs, lifeS }: TokenFrame): object {
  const iat = seconds(nowMs);
  return {
    aud: grant.clientId,
    sub: oid,
    nbf: iat,
    amr: 'PWD',
    'urn:esia:amd': 'PWD',
    auth_time: seconds(grant.authTimeMs),
    iss: issuer,
    'urn:esia:sid': grant.sid,
    'urn:esia:sbj': {
      'urn:esia:sbj:typ': 'P',
      ...(grant.isTrusted ? { 'urn:esia:sbj:is_tru': true } : {}),
      'urn:esia:sbj:oid': oid,
      'urn:esia:sbj:nam': `OID.${oid}`,
    },
    exp: iat + lifeS,
    iat,
  };
}

/** Header of an authorization code. */
export const codeHeader = (algorithm: TokenAlgorithm) => ({
  alg: algorithm,
  sbt: 'authorization_code',
  typ: 'JWT',
  ver: 1,
});

/** Who asked: shown inside the code. */
export interface Visitor {
  readonly remoteIp: string;
  readonly userAgent: string;
}

/** Payload of an authorization code: `auth_time` and `exp` are milliseconds, `nbf` and `iat` seconds. */
export function codeClaims(
  grant: Grant,
  request: AuthorizationRequest,
  { issuer, oid, nowMs, lifeS }: TokenFrame,
  visitor: Visitor,
): object {
  const iat = seconds(nowMs);
  return {
    auth_time: grant.authTimeMs,
    auth_mthd: 'PWD',
    exp: nowMs + lifeS * 1000,
    scope: grantScope(grant, oid),
    iss: issuer,
    nbf: iat,
    'urn:esia:client:state': request.state,
    'urn:esia:sid': grant.sid,
    params: { remote_ip: visitor.remoteIp, user_agent: visitor.userAgent },
    'urn:esia:sbj': {
      'urn:esia:sbj:eid': oid,
      'urn:esia:sbj:nam': `OID.${oid}`,
      'urn:esia:sbj:oid': oid,
      'urn:esia:sbj:typ': 'P',
    },
    client_id: grant.clientId,
    iat,
  };
}
