import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, SettingsError } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import type { EsiaConfig } from '../config.js';
import type { TokenAlgorithm } from '../domain/client.js';
import { makeTokenKey, readTokenKey, tokenKeyPem, type TokenKey } from '../domain/token-key.js';

/** Keys tokens are signed with, one of each algorithm. */
@Injectable()
export class TokenKeys {
  private readonly keys: Readonly<Record<TokenAlgorithm, TokenKey>>;

  constructor(@Inject(CONFIG) { rsaKeyFile, gostKeyFile }: EsiaConfig, clock: Clock) {
    const nowMs = clock.nowMs();
    this.keys = {
      RS256: openKey('RS256', { file: rsaKeyFile, variable: 'ESIA_TOKEN_RSA_FILE', nowMs }),
      GOST3410_2012_256: openKey('GOST3410_2012_256', { file: gostKeyFile, variable: 'ESIA_TOKEN_GOST_FILE', nowMs }),
    };
  }

  of(algorithm: TokenAlgorithm): TokenKey {
    return this.keys[algorithm];
  }

  /** The key a token claims to be signed with. */
  named(algorithm: unknown): TokenKey | undefined {
    return algorithm === 'RS256' || algorithm === 'GOST3410_2012_256' ? this.keys[algorithm] : undefined;
  }
}

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
