import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { BoundedMap } from '../../state/bounded-map.js';
import { isSameSecret } from '../credentials.js';

interface AccessToken {
  readonly userId: string;
  readonly password: string;
  readonly expiresAtMs: number;
}

const LIFE_MS = 86_400_000;

/** Tokens of temporary access (`CreateTokenForUser`): with one a user enrols a key of their own. */
@Injectable()
@ResetOnAdmin()
export class Ca20Tokens implements Resettable {
  private readonly tokens: BoundedMap<AccessToken>;

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) config: Pick<CaConfig, 'maxOperations'>,
  ) {
    this.tokens = new BoundedMap(config.maxOperations);
  }

  give(userId: string): { readonly login: string; readonly password: string } {
    const login = this.ids.bytes(6).toString('hex');
    const password = this.ids.bytes(9).toString('base64url');
    this.tokens.add(login, { userId, password, expiresAtMs: this.clock.nowMs() + LIFE_MS });
    return { login, password };
  }

  /** Whose token it is; undefined when it is wrong or has run out. @param credentials `login:password` */
  userOf(credentials: string): string | undefined {
    const colon = credentials.indexOf(':');
    const token = colon < 0 ? undefined : this.tokens.get(credentials.slice(0, colon));
    if (token === undefined || token.expiresAtMs <= this.clock.nowMs()) return undefined;
    return isSameSecret(credentials.slice(colon + 1), token.password) ? token.userId : undefined;
  }

  reset(): void {
    this.tokens.clear();
  }
}
