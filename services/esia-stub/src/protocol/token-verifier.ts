import { Injectable } from '@nestjs/common';
import { decodeJwt, type DecodedJwt } from '../domain/jwt.js';
import { TokenKeys } from './token-keys.js';

/** Claims of a token whose signature is good. */
export type Claims = DecodedJwt['payload'];

/** Verified tokens kept, so that one token costs one verification. */
const MAX_VERIFIED = 20_000;

/** Verifies access tokens against every key they may have been signed with. */
@Injectable()
export class TokenVerifier {
  private readonly verified = new Map<string, Claims>();

  constructor(private readonly keys: TokenKeys) {}

  /** Claims of an access token, undefined when it is not one of ours. Time and revocation are not looked at. */
  claimsOf(token: string): Claims | undefined {
    return this.verified.get(token) ?? this.verify(token);
  }

  private verify(token: string): Claims | undefined {
    const decoded = decodeJwt(token);
    if (decoded === undefined || decoded.header['sbt'] !== 'access') return undefined;
    const data = Buffer.from(decoded.signed);
    const isSigned = this.keys
      .accepted(decoded.header['alg'])
      .some(({ keyPair: { owner, spki } }) => owner.verify(spki, data, decoded.signature));
    if (!isSigned) return undefined;
    if (this.verified.size >= MAX_VERIFIED) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, decoded.payload);
    return decoded.payload;
  }
}
