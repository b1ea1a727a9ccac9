import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Journal } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { isRedirectAllowed } from '../../domain/redirect-match.js';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** `redirect_uri`, when sent, is registered for the client (007023). */
@Injectable()
export class RedirectUriStep implements CallStep<SignedCall> {
  readonly name = 'redirect-uri';

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly journal: Journal,
  ) {}

  check(call: SignedCall): void {
    const { parameters, client } = call;
    if (!parameters.has('redirect_uri')) return;
    call.redirectUri = this.decoded(call, parameters.get('redirect_uri')!);
    if (!isRedirectAllowed(call.redirectUri, client!.redirectUris)) throw oauthError('ESIA-007023');
  }

  /** Some clients encode the address themselves and let their library do it again; they sign the plain one. */
  private decoded({ exchange, parameters }: SignedCall, sent: string): string {
    if (!this.config.isEncodedRedirectAllowed || !/^https?%3A/i.test(sent)) return sent;
    try {
      const address = decodeURIComponent(sent);
      this.journal.note('esia.leniency', 'redirect_uri encoded twice', {
        operation: exchange.operation,
        clientId: parameters.get('client_id'),
        received: sent,
      });
      return address;
    } catch {
      return sent;
    }
  }
}
