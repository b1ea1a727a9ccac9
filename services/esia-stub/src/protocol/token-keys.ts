import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, CONFIG, SettingsError } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import type { EsiaConfig } from '../config.js';
import type { TokenAlgorithm } from '../domain/client.js';
import { makeTokenKey, readTokenKey, tokenKeyPem, type TokenKey } from '../domain/token-key.js';
import { TokenKeyStore, type KeyRing } from '../state/token-key.store.js';

/** How a key is replaced. */
export interface Rotation {
  /** Now when undefined. */
  readonly atMs: number | undefined;
  /** Whether esia.zip follows; false keeps the old certificate there. */
  readonly isPublished: boolean;
}

const MAX_PREVIOUS = 10;
const ALGORITHMS = ['RS256', 'GOST3410_2012_256'] as const;

/** Keys tokens are signed with, one of each algorithm, replaceable while running; the same at every replica and after a restart. */
@Injectable()
export class TokenKeys implements OnModuleInit {
  private readonly strange = new Map<TokenAlgorithm, TokenKey>();

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly store: TokenKeyStore,
    private readonly clock: Clock,
  ) {}

  /** @throws SettingsError for a key file that cannot be used */
  async onModuleInit(): Promise<void> {
    const { rsaKeyFile, gostKeyFile } = this.config;
    await this.begin('RS256', { file: rsaKeyFile, variable: 'ESIA_TOKEN_RSA_FILE' });
    await this.begin('GOST3410_2012_256', { file: gostKeyFile, variable: 'ESIA_TOKEN_GOST_FILE' });
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
  async rotate(algorithm: TokenAlgorithm, { atMs, isPublished }: Rotation): Promise<void> {
    const ring = this.ring(algorithm);
    const key = makeTokenKey(algorithm, this.clock.nowMs());
    const next = { key, atMs: atMs ?? this.clock.nowMs() };
    await this.store.put(algorithm, { ...ring, next, published: isPublished ? key : ring.published });
  }

  /** Keys of an algorithm for inspection. */
  inspect(algorithm: TokenAlgorithm): KeyRing {
    return this.ring(algorithm);
  }

  /** The key of the file signs; without a file the one that is kept, or a new one. */
  private async begin(algorithm: TokenAlgorithm, { file, variable }: KeySource): Promise<void> {
    await this.store.ready();
    const nowMs = this.clock.nowMs();
    const known = this.store.find(algorithm);
    if (file === undefined) {
      if (known === undefined) await this.store.begin(algorithm, ringOf(makeTokenKey(algorithm, nowMs)));
      return;
    }
    const own = openKey(algorithm, { file, variable, nowMs });
    if (known === undefined) await this.store.begin(algorithm, ringOf(own));
    else if (!this.ring(algorithm).current.certificate.equals(own.certificate)) {
      const { current, previous } = this.ring(algorithm);
      await this.store.put(algorithm, { ...ringOf(own), previous: [current, ...previous].slice(0, MAX_PREVIOUS) });
    }
  }

  /** As it is now: a key whose time has come has taken the place of the one before. */
  private ring(algorithm: TokenAlgorithm): KeyRing {
    const ring = this.store.find(algorithm)!;
    const { current, next, previous } = ring;
    if (next === undefined || next.atMs > this.clock.nowMs()) return ring;
    return { ...ring, current: next.key, next: undefined, previous: [current, ...previous].slice(0, MAX_PREVIOUS) };
  }
}

const ringOf = (key: TokenKey): KeyRing => ({ current: key, next: undefined, previous: [], published: key });

interface KeySource {
  readonly file: string | undefined;
  readonly variable: string;
}

interface KeyFile {
  readonly file: string;
  readonly variable: string;
  readonly nowMs: number;
}

function openKey(algorithm: TokenAlgorithm, { file, variable, nowMs }: KeyFile): TokenKey {
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
