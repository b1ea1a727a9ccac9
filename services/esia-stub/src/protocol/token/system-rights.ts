import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { SystemScopes } from '../../domain/system-grant.js';
import { OrgAccessStore } from '../../state/org-access.store.js';
import { PermissionStore, type GivenPermissions } from '../../state/permission.store.js';
import { oauthError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';

/** What a client may ask on its own behalf. */
@Injectable()
export class SystemRights {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly people: PersonDirectory,
    private readonly orgs: OrgAccessStore,
    private readonly permissions: PermissionStore,
  ) {}

  /** @throws ProtocolError 007194 for an organisation, 007019 for a person that gave the client nothing */
  async check(clientId: string, { orgScopes, personScopes }: SystemScopes): Promise<void> {
    for (const orgOid of new Set(orgScopes.map((scope) => scope.orgOid!))) {
      if (!(await this.isOrgOpen(clientId, orgOid))) throw oauthError('ESIA-007194');
    }
    for (const { name, oid } of personScopes) {
      if (this.people.indexByOid(oid) === undefined) throw oauthError('ESIA-007019');
      if (name === 'prm_chg' && (await this.consentOf(clientId, oid)) === undefined) throw oauthError('ESIA-007019');
    }
  }

  /** The live digital-profile consent of a person to a client. */
  async consentOf(clientId: string, oid: number): Promise<GivenPermissions | undefined> {
    const personIndex = this.people.indexByOid(oid);
    return personIndex === undefined ? undefined : this.permissions.find(personIndex, clientId);
  }

  private async isOrgOpen(clientId: string, orgOid: number): Promise<boolean> {
    if (this.people.organisationByOid(orgOid) === undefined) return false;
    return !this.config.isOrgEmployeeNeeded || this.orgs.isOpen(clientId, orgOid);
  }
}
