import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, Caller, Journal } from '@poligon/emulator-kit';
import { PersonDirectory } from '../protocol/person-directory.js';
import { Revocations } from '../protocol/revocations.js';
import { ConsentStore } from '../state/consent.store.js';
import { PermissionStore } from '../state/permission.store.js';

const MAX_LISTED = 1000;

/** Consents of persons to clients. */
@ApiTags('consents')
@Controller('__admin/consents')
export class ConsentsController {
  constructor(
    private readonly consents: ConsentStore,
    private readonly permissions: PermissionStore,
    private readonly revocations: Revocations,
    private readonly people: PersonDirectory,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'consents, newest first, at most a thousand of each kind' })
  async list() {
    const consents = await this.consents.list(MAX_LISTED);
    const permissions = await this.permissions.list(MAX_LISTED);
    return {
      consents: consents.map(({ personIndex, ...rest }) => ({ oid: this.people.oidOf(personIndex), ...rest })),
      permissions: permissions.map(({ personIndex, expiresAtMs, ...rest }) => ({
        oid: this.people.oidOf(personIndex),
        ...rest,
        expiresAt: new Date(expiresAtMs).toISOString(),
      })),
    };
  }

  @Delete(':mnemonic/:oid')
  @HttpCode(204)
  @ApiOperation({ summary: 'takes all consents of a person to a client back; tokens lose their rights, refresh ends' })
  async withdraw(@Param('mnemonic') mnemonic: string, @Param('oid') oid: string, @Caller() by: string): Promise<void> {
    const personIndex = this.people.indexByOid(oid);
    if (personIndex === undefined) throw new AdminError(404, `no person "${oid}"`);
    await this.consents.withdraw(personIndex, mnemonic);
    await this.permissions.withdraw(personIndex, mnemonic);
    await this.revocations.consent(mnemonic, Number(oid));
    this.journal.note('admin.consents.delete', 'changed', { mnemonic, oid, by });
  }
}
