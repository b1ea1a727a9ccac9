import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, type Exchange } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { Client, TokenAlgorithm } from '../../domain/client.js';
import { encodeJwt } from '../../domain/jwt.js';
import type { TokenFrame } from '../../domain/token-claims.js';
import { HINT } from '../../faults/fault-hints.js';
import { issuerOf } from '../esia-issuer.js';
import { nowOf } from '../skewed-time.js';
import { TokenKeys } from '../token-keys.js';

const OTHER: Readonly<Record<TokenAlgorithm, TokenAlgorithm>> = {
  RS256: 'GOST3410_2012_256',
  GOST3410_2012_256: 'RS256',
};

/** Signs everything ESIA issues, distorted the way faults of the exchange ask for. */
@Injectable()
export class TokenSigner {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly keys: TokenKeys,
  ) {}

  frame(client: Client | undefined, exchange: Exchange, lifeS: number): Omit<TokenFrame, 'oid'> {
    const chosen = client?.tokenAlg ?? this.config.tokenAlgorithm;
    return {
      issuer: issuerOf(this.config, exchange),
      algorithm: exchange.hinted(HINT.algSwitched) === undefined ? chosen : OTHER[chosen],
      nowMs: nowOf(exchange, this.clock),
      lifeS,
    };
  }

  sign(header: { alg: TokenAlgorithm }, claims: object, exchange: Exchange): string {
    const isRotated = exchange.hinted(HINT.signingKeyRotated) !== undefined;
    const key = isRotated ? this.keys.unpublished(header.alg) : this.keys.of(header.alg);
    const token = encodeJwt(header, claims, key, this.config.isSlashEscaped);
    return exchange.hinted(HINT.badTokenSignature) === undefined ? token : withBrokenSignature(token);
  }
}

/** The same token with every bit of its first signature byte turned. */
function withBrokenSignature(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  const signature = Buffer.from(token.slice(at), 'base64url');
  signature[0] = signature[0]! ^ 0xff;
  return token.slice(0, at) + signature.toString('base64url');
}
