import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ProtocolError } from '@poligon/emulator-kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { SmsConfig } from '../../config.js';
import type { SmscParameters } from './smsc-parameters.codec.js';

/** Checks who calls: `login` with `psw` plain or as lower-case MD5, or `apikey` (section 2.1). */
@Injectable()
export class SmscAccount {
  private readonly passwordMd5: string;

  constructor(@Inject(CONFIG) private readonly config: SmsConfig) {
    this.passwordMd5 = createHash('md5').update(config.password).digest('hex');
  }

  /** @throws ProtocolError `authorise-error`; `parameters-error` when no credentials are given at all */
  require(parameters: SmscParameters): void {
    const apiKey = parameters.get('apikey');
    if (apiKey !== undefined) {
      if (!isSame(apiKey, this.config.apiKey)) throw new ProtocolError('authorise-error');
      return;
    }
    const login = parameters.get('login');
    const password = parameters.get('psw');
    if (login === undefined || password === undefined) throw new ProtocolError('parameters-error');
    const isKnown = isSame(password, this.config.password) || isSame(password, this.passwordMd5);
    if (!isSame(login, this.config.login) || !isKnown) throw new ProtocolError('authorise-error');
  }
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
