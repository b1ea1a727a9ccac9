import { Injectable } from '@nestjs/common';
import { State, type ResidentDocuments } from '@poligon/emulator-kit';
import type { TokenAlgorithm } from '../domain/client.js';
import { readTokenKey, tokenKeyPem, type TokenKey } from '../domain/token-key.js';
import { TokenKeyStore, type KeyRing } from './token-key.store.js';

/** A ring as it is written: keys and certificates in PEM. */
interface WrittenRing {
  readonly algorithm: TokenAlgorithm;
  readonly current: string;
  readonly next: { readonly key: string; readonly atMs: number } | undefined;
  readonly previous: readonly string[];
  readonly published: string;
}

class KeptRing {
  constructor(
    readonly algorithm: TokenAlgorithm,
    readonly ring: KeyRing,
  ) {}

  toJSON(): WrittenRing {
    const { current, next, previous, published } = this.ring;
    return {
      algorithm: this.algorithm,
      current: tokenKeyPem(current),
      next: next && { key: tokenKeyPem(next.key), atMs: next.atMs },
      previous: previous.map(tokenKeyPem),
      published: tokenKeyPem(published),
    };
  }
}

/** Keys of tokens in the state of the service; all of them in memory. */
@Injectable()
export class KeptTokenKeyStore extends TokenKeyStore {
  private readonly rings: ResidentDocuments<KeptRing>;
  private readonly read = new Map<string, TokenKey>();

  constructor(state: State) {
    super();
    this.rings = state.resident({ table: 'esia.token_key', revive: (json) => this.revived(json as WrittenRing) });
  }

  ready(): Promise<void> {
    return this.rings.refresh();
  }

  find(algorithm: TokenAlgorithm): KeyRing | undefined {
    return this.rings.get(algorithm)?.ring;
  }

  async begin(algorithm: TokenAlgorithm, ring: KeyRing): Promise<KeyRing> {
    if (!(await this.rings.add(algorithm, new KeptRing(algorithm, ring)))) await this.rings.refreshOne(algorithm);
    return this.find(algorithm)!;
  }

  put(algorithm: TokenAlgorithm, ring: KeyRing): Promise<void> {
    return this.rings.put(algorithm, new KeptRing(algorithm, ring));
  }

  /** Read again every second where replicas have no bus: the same text is the same key. */
  private revived({ algorithm, current, next, previous, published }: WrittenRing): KeptRing {
    const key = (pem: string): TokenKey => {
      const known = this.read.get(pem) ?? readTokenKey(algorithm, pem);
      this.read.set(pem, known);
      return known;
    };
    return new KeptRing(algorithm, {
      current: key(current),
      next: next && { key: key(next.key), atMs: next.atMs },
      previous: previous.map(key),
      published: key(published),
    });
  }
}
