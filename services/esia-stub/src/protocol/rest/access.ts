import { Injectable } from '@nestjs/common';
import { Clock, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { decodeJwt, type DecodedJwt } from '../../domain/jwt.js';
import { scopesFor } from '../../domain/scope.js';
import { restError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';
import { nowOf } from '../skewed-time.js';
import { TokenKeys } from '../token-keys.js';

/** A call to `/rs/prns/{oid}…` that proved its right. */
export interface PersonAccess {
  readonly personIndex: number;
  /** Scopes granted for this person. */
  readonly scopes: ReadonlySet<string>;
}

/** Verified tokens kept, so that one token costs one verification. */
const MAX_VERIFIED = 20_000;

/** Opens `/rs` to bearers of access tokens. */
@Injectable()
export class Access {
  private readonly verified = new Map<string, DecodedJwt['payload']>();

  constructor(
    private readonly keys: TokenKeys,
    private readonly people: PersonDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws ProtocolError 005011, 005013, 005029, or not-found for a person who does not exist */
  person(request: FastifyRequest, exchange: Exchange): PersonAccess {
    const payload = this.payload(request);
    if (Number(payload['exp']) * 1000 <= nowOf(exchange, this.clock)) throw restError('ESIA-005013');
    const oid = Number((request.params as { oid: string }).oid);
    const personIndex = this.people.indexByOid(oid);
    if (personIndex === undefined) throw restError('not-found');
    if (payload['urn:esia:sbj_id'] !== oid) throw restError('ESIA-005029');
    return { personIndex, scopes: scopesFor(String(payload['scope']), oid) };
  }

  private payload({ headers }: FastifyRequest): DecodedJwt['payload'] {
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const payload = token === undefined ? undefined : (this.verified.get(token) ?? this.verify(token));
    if (payload === undefined) throw restError('ESIA-005011');
    return payload;
  }

  private verify(token: string): DecodedJwt['payload'] | undefined {
    const decoded = decodeJwt(token);
    const key = this.keys.named(decoded?.header['alg']);
    if (decoded === undefined || key === undefined || decoded.header['sbt'] !== 'access') return undefined;
    const { owner, spki } = key.keyPair;
    if (!owner.verify(spki, Buffer.from(decoded.signed), decoded.signature)) return undefined;
    if (this.verified.size >= MAX_VERIFIED) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, decoded.payload);
    return decoded.payload;
  }
}
