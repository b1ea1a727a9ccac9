import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, SettingsError } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import type { EsiaConfig } from '../config.js';
import type { TokenAlgorithm } from '../domain/client.js';
import { makeTokenKey, readTokenKey, tokenKeyPem, type TokenKey } from '../domain/token-key.js';

/** Keys of one algorithm. */
interface KeyRing {
  current: TokenKey;
  /** Signs from `atMs` on. */
  next: { readonly key: TokenKey; readonly atMs: number } | undefined;
  /** Keys that signed before; their tokens are still accepted at `/rs`. Newest first. */
  previous: readonly TokenKey[];
  /** What esia.zip shows; behind `current` when a rotation was not published. */
  published: TokenKey;
}

/** How a key is replaced. */
export interface Rotation {
  /** Now when undefined. */
  readonly atMs: number | undefined;
  /** Whether esia.zip follows; false keeps the old certificate there. */
  readonly isPublished: boolean;
}

const MAX_PREVIOUS = 10;
const ALGORITHMS = ['RS256', 'GOST3410_2012_256'] as const;

/** Keys tokens are signed with, one of each algorithm, replaceable while running. */
@Injectable()
export class TokenKeys {
  private readonly rings: Readonly<Record<TokenAlgorithm, KeyRing>>;
  private readonly strange = new Map<TokenAlgorithm, TokenKey>();

  constructor(
    @Inject(CONFIG) { rsaKeyFile, gostKeyFile }: EsiaConfig,
    private readonly clock: Clock,
  ) {
    const nowMs = clock.nowMs();
    const rsa = openKey('RS256', { file: rsaKeyFile, variable: 'ESIA_TOKEN_RSA_FILE', nowMs });
    const gost = openKey('GOST3410_2012_256', { file: gostKeyFile, variable: 'ESIA_TOKEN_GOST_FILE', nowMs });
    this.rings = { RS256: ringOf(rsa), GOST3410_2012_256: ringOf(gost) };
  }

  /** The key that signs now. */
  of(algorithm: TokenAlgorithm): TokenKey {
    return this.ring(algorithm).current;
  }

  /** Every key a token of this algorithm may be signed with, the current one first; empty for unknown algorithms. */
  accepted(algorithm: unknown): readonly TokenKey[] {
    const known = ALGORITHMS.find((name) => name === algorithm);
    if (known === undefined) return [];
    const { current, previous } = this.ring(known);
    const strange = this.strange.get(known);
    return strange === undefined ? [current, ...previous] : [current, ...previous, strange];
  }

  /** What esia.zip shows. */
  published(algorithm: TokenAlgorithm): TokenKey {
    return this.ring(algorithm).published;
  }

  /** A key nobody knows, made once: for the fault of a rotation that was not announced. */
  unpublished(algorithm: TokenAlgorithm): TokenKey {
    const key = this.strange.get(algorithm) ?? makeTokenKey(algorithm, this.clock.nowMs());
    this.strange.set(algorithm, key);
    return key;
  }

  /** Replaces a key, now or at a time to come. Files of keys are left as they are. */
  rotate(algorithm: TokenAlgorithm, { atMs, isPublished }: Rotation): void {
    const ring = this.ring(algorithm);
    const key = makeTokenKey(algorithm, this.clock.nowMs());
    ring.next = { key, atMs: atMs ?? this.clock.nowMs() };
    if (isPublished) ring.published = key;
    this.ring(algorithm);
  }

  /** Keys of an algorithm for inspection. */
  inspect(algorithm: TokenAlgorithm): Readonly<KeyRing> {
    return this.ring(algorithm);
  }

  private ring(algorithm: TokenAlgorithm): KeyRing {
    const ring = this.rings[algorithm];
    if (ring.next !== undefined && ring.next.atMs <= this.clock.nowMs()) {
      ring.previous = [ring.current, ...ring.previous].slice(0, MAX_PREVIOUS);
      ring.current = ring.next.key;
      ring.next = undefined;
    }
    return ring;
  }
}

const ringOf = (key: TokenKey): KeyRing => ({ current: key, next: undefined, previous: [], published: key });

interface KeySource {
  readonly file: string | undefined;
  readonly variable: string;
  readonly nowMs: number;
}

function openKey(algorithm: TokenAlgorithm, { file, variable, nowMs }: KeySource): TokenKey {
  if (file === undefined) return makeTokenKey(algorithm, nowMs);
  try {
    if (!existsSync(file))
      writeFileSync(file, tokenKeyPem(makeTokenKey(algorithm, nowMs)), { mode: 0o600, flag: 'wx' });
    return readTokenKey(algorithm, readFileSync(file, 'utf8'));
  } catch (failure) {
    const { code, message } = failure as NodeJS.ErrnoException;
    const problem = failure instanceof PkiError ? message : (code ?? 'cannot be used');
    throw new SettingsError(`${variable}: ${file}: ${problem}`);
  }
}
