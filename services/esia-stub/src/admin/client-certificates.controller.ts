import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { readClientCertificate } from '../domain/client-certificate.js';
import type { Client } from '../domain/client.js';
import { issueIdentity } from '../domain/issued-identity.js';
import { ClientStore } from '../state/client.store.js';
import { certificateView } from './client-registration.js';

const orderSchema = z.strictObject({
  algorithm: z.enum(['gost2012_256', 'rsa']).default('gost2012_256'),
  days: z.number().int().min(1).max(3650).default(365),
});

/** Certificates kept for one client; the same bound as when they are registered. */
const MAX_CERTIFICATES = 20;

/** Certificates of a registered information system: one more, made here for tests, or one less, for rotation. */
@ApiTags('clients')
@Controller('__admin/clients/:mnemonic/certificates')
export class ClientCertificatesController {
  constructor(
    private readonly clients: ClientStore,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Post()
  @ApiOperation({ summary: 'makes a key with a self-signed certificate and adds it; the key is answered once' })
  @ApiBody(bodySchema(orderSchema))
  async issue(@Param('mnemonic') mnemonic: string, @Body() body: unknown, @Caller() by: string) {
    const order = checked(orderSchema, body ?? {});
    const client = await this.known(mnemonic);
    if (client.certificates.length >= MAX_CERTIFICATES) {
      throw new AdminError(409, `a client has at most ${MAX_CERTIFICATES} certificates`);
    }
    const identity = issueIdentity({ ...order, mnemonic, nowMs: this.clock.nowMs() });
    const certificate = readClientCertificate(identity.certificatePem);
    await this.clients.put({ ...client, certificates: [...client.certificates, certificate] });
    this.journal.note('admin.clients.certificates.issue', 'changed', { mnemonic, hash: certificate.hash, by });
    return { mnemonic, ...identity, ...certificateView(certificate) };
  }

  @Delete(':hash')
  @HttpCode(204)
  @ApiOperation({ summary: 'takes away the certificate with this hash' })
  async remove(@Param('mnemonic') mnemonic: string, @Param('hash') hash: string, @Caller() by: string): Promise<void> {
    const client = await this.known(mnemonic);
    const certificates = client.certificates.filter((one) => one.hash !== hash.toUpperCase());
    if (certificates.length === client.certificates.length) {
      throw new AdminError(404, `client "${mnemonic}" has no certificate "${hash}"`);
    }
    await this.clients.put({ ...client, certificates });
    this.journal.note('admin.clients.certificates.delete', 'changed', { mnemonic, hash, by });
  }

  private async known(mnemonic: string): Promise<Client> {
    const client = await this.clients.find(mnemonic);
    if (client === undefined) throw new AdminError(404, `no client "${mnemonic}"`);
    return client;
  }
}
