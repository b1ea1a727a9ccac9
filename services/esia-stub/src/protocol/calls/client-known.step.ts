import { Injectable } from '@nestjs/common';
import { ClientStore } from '../../state/client.store.js';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** The mnemonic belongs to a registered information system (007005). */
@Injectable()
export class ClientKnownStep implements CallStep<SignedCall> {
  readonly name = 'client-known';

  constructor(private readonly clients: ClientStore) {}

  async check(call: SignedCall): Promise<void> {
    const client = await this.clients.find(call.parameters.get('client_id') ?? '');
    if (client === undefined) throw oauthError('ESIA-007005');
    call.client = client;
  }
}
