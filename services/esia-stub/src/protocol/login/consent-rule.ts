import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { orgScopeClaim } from '../../domain/org-scope.js';
import { shortestExpireMin } from '../../domain/permission.js';
import { ClientStore } from '../../state/client.store.js';
import { ConsentStore } from '../../state/consent.store.js';
import { OrgAccessStore } from '../../state/org-access.store.js';
import { PermissionStore } from '../../state/permission.store.js';
import { PersonDirectory } from '../person-directory.js';
import { RoleChoice } from './role-choice.js';

/** Decides whether the person must be asked before the client gets data, and keeps what was agreed to. */
@Injectable()
export class ConsentRule {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clients: ClientStore,
    private readonly consents: ConsentStore,
    private readonly permissions: PermissionStore,
    private readonly orgs: OrgAccessStore,
    private readonly people: PersonDirectory,
    private readonly roles: RoleChoice,
    private readonly clock: Clock,
  ) {}

  /** Asked for scopes not agreed to yet, when `prompt` wants it, for every digital-profile consent, and for the choice of a role. */
  async isAsked(personIndex: number, request: AuthorizationRequest): Promise<boolean> {
    const client = await this.clients.find(request.clientId);
    if (client?.isConsentAutomatic ?? this.config.isConsentAutomatic) return false;
    const { permissions, prompts } = request;
    if (permissions.length > 0 || prompts.includes('consent') || this.roles.isOpen(request)) return true;
    return !(await this.consents.covers({ personIndex, clientId: request.clientId, scopes: agreedScopes(request) }));
  }

  /** Keeps an agreement, spoken or automatic. The request has its organisations resolved. */
  async give(personIndex: number, request: AuthorizationRequest): Promise<void> {
    const { clientId, permissions, scopes } = request;
    await this.consents.give({ personIndex, clientId, scopes: agreedScopes(request) });
    if (scopes.includes('usr_org')) await this.orgs.open(clientId, this.people.employerOf(personIndex).esiaOid);
    for (const orgOid of new Set(request.orgScopes.map((scope) => scope.orgOid!)))
      await this.orgs.open(clientId, orgOid);
    if (permissions.length === 0) return;
    const expiresAtMs = this.clock.nowMs() + shortestExpireMin(permissions) * 60_000;
    await this.permissions.give({ personIndex, clientId, permissions, expiresAtMs });
  }
}

const agreedScopes = ({ scopes, orgScopes }: AuthorizationRequest): readonly string[] => [
  ...scopes,
  ...orgScopes.map(orgScopeClaim),
];
