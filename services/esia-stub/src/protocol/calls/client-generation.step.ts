import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** The client may use this generation of the protocol, and the stand still has it (007005). */
@Injectable()
export class ClientGenerationStep implements CallStep<SignedCall> {
  readonly name = 'client-generation';

  constructor(@Inject(CONFIG) private readonly config: EsiaConfig) {}

  check({ client, generation }: SignedCall): void {
    const isOpen = generation !== 'v1' || this.config.isV1Enabled;
    if (!isOpen || !client!.generations.includes(generation)) throw oauthError('ESIA-007005');
  }
}
