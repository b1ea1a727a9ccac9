import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { ClientStore } from '../../state/client.store.js';
import { ConsentStore } from '../../state/consent.store.js';

/** Decides whether the person must be asked before the client gets data. */
@Injectable()
export class ConsentRule {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clients: ClientStore,
    private readonly consents: ConsentStore,
  ) {}

  async isAsked(personIndex: number, { clientId, scopes }: AuthorizationRequest): Promise<boolean> {
    const client = await this.clients.find(clientId);
    if (client?.isConsentAutomatic ?? this.config.isConsentAutomatic) return false;
    return !(await this.consents.covers({ personIndex, clientId, scopes }));
  }

  give(personIndex: number, { clientId, scopes }: AuthorizationRequest): Promise<void> {
    return this.consents.give({ personIndex, clientId, scopes });
  }
}
