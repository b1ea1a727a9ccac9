import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { BoundedMap } from '../../state/bounded-map.js';

type GrantKind = 'code' | 'refresh';

interface Grant {
  readonly kind: GrantKind;
  readonly user: string;
  readonly expiresAtMs: number;
}

const LIFE_MS: Readonly<Record<GrantKind, number>> = { code: 60_000, refresh: 30 * 86_400_000 };

/** Authorization codes and refresh tokens of the token service: each is taken once. */
@Injectable()
@ResetOnAdmin()
export class DssGrants implements Resettable {
  private readonly grants: BoundedMap<Grant>;

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) config: Pick<CaConfig, 'maxOperations'>,
  ) {
    this.grants = new BoundedMap(config.maxOperations);
  }

  give(kind: GrantKind, user: string): string {
    const value = this.ids.bytes(32).toString('base64url');
    this.grants.add(value, { kind, user, expiresAtMs: this.clock.nowMs() + LIFE_MS[kind] });
    return value;
  }

  /** Whose it is; undefined for one that is unknown, of another kind, used or expired. */
  take(kind: GrantKind, value: string): string | undefined {
    const found = this.grants.get(value);
    if (found?.kind !== kind) return undefined;
    this.grants.delete(value);
    return found.expiresAtMs > this.clock.nowMs() ? found.user : undefined;
  }

  reset(): void {
    this.grants.clear();
  }
}
