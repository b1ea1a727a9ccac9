import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import type { Client } from '../domain/client.js';
import { ClientStore, ClientStoreFull } from '../state/client.store.js';
import {
  CertificateRefused,
  certificateView,
  clientOf,
  clientSchema,
  clientView,
  mnemonicSchema,
} from './client-registration.js';

/** Registered information systems: the technical portal of the emulator. */
@ApiTags('clients')
@Controller('__admin/clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientStore,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'registered information systems' })
  async list() {
    return { clients: (await this.clients.list()).map(clientView) };
  }

  @Get(':mnemonic')
  @ApiOperation({ summary: 'one information system' })
  async find(@Param('mnemonic') mnemonic: string) {
    return clientView(await this.known(mnemonic));
  }

  @Put(':mnemonic')
  @ApiOperation({ summary: 'registers an information system or replaces it' })
  @ApiBody(bodySchema(clientSchema))
  async put(@Param('mnemonic') mnemonic: string, @Body() body: unknown, @Caller() by: string) {
    const client = described(checked(mnemonicSchema, mnemonic), body);
    await this.kept(client);
    this.journal.note('admin.clients.put', 'changed', { mnemonic, by });
    return clientView(client);
  }

  @Delete(':mnemonic')
  @HttpCode(204)
  @ApiOperation({ summary: 'removes an information system' })
  async remove(@Param('mnemonic') mnemonic: string, @Caller() by: string): Promise<void> {
    if (!(await this.clients.remove(mnemonic))) throw new AdminError(404, `no client "${mnemonic}"`);
    this.journal.note('admin.clients.delete', 'changed', { mnemonic, by });
  }

  @Get(':mnemonic/expected-hash')
  @ApiOperation({ summary: 'values of client_certificate_hash that are accepted' })
  async expectedHash(@Param('mnemonic') mnemonic: string) {
    const { certificates } = await this.known(mnemonic);
    return { mnemonic, certificates: certificates.map(certificateView) };
  }

  private async known(mnemonic: string): Promise<Client> {
    const client = await this.clients.find(mnemonic);
    if (client === undefined) throw new AdminError(404, `no client "${mnemonic}"`);
    return client;
  }

  private async kept(client: Client): Promise<void> {
    try {
      await this.clients.put(client);
    } catch (failure) {
      if (failure instanceof ClientStoreFull) throw new AdminError(507, 'no room for another client');
      throw failure;
    }
  }
}

function described(mnemonic: string, body: unknown): Client {
  try {
    return clientOf(mnemonic, checked(clientSchema, body));
  } catch (failure) {
    if (failure instanceof CertificateRefused) throw new AdminError(400, `certificatePem: ${failure.message}`);
    throw failure;
  }
}
