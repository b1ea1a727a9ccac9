import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { normaliseSnils } from '@poligon/people';
import { pem } from '@poligon/pki';
import { z } from 'zod';
import { Refusal } from '../domain/refusal.js';
import { canonicalSerial } from '../domain/serial-number.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { CertificateOffice } from '../flow/certificate-office.js';
import { IssueOrders } from '../flow/issue-orders.js';
import { Preissue } from '../flow/preissue.js';
import { CertificateStore } from '../state/certificate.store.js';
import { AdminRefusalInterceptor } from './admin-refusal.interceptor.js';
import { certificateView } from './admin-views.js';

const querySchema = z.object({
  snils: z.string().max(30).optional(),
  limit: z.coerce.number().int('must be a whole number').min(1).max(1000, 'must be 1..1000').default(100),
});
const exportSchema = z.object({
  limit: z.coerce.number().int('must be a whole number').min(1).max(100_000, 'must be 1..100000').default(10_000),
});
const revokeSchema = z.strictObject({ reason: z.string().min(1).max(200).default('unspecified') });
const MAX_REVOKED = 5000;
const revokeManySchema = z.strictObject({
  serialNumbers: z
    .array(z.string().regex(/^[0-9a-fA-F:]{1,64}$/, 'must be hex'))
    .min(1)
    .max(MAX_REVOKED),
  reason: z.string().min(1).max(200).default('unspecified'),
});
const preissueSchema = z.strictObject({
  persons: z.strictObject({
    from: z.number().int().min(0).max(99_999_999, 'must be 0..99999999'),
    count: z.number().int().min(1).max(5000, 'must be 1..5000'),
  }),
  profile: z.enum(['astral', 'kontur'], { error: 'must be astral or kontur' }).default('astral'),
});

/** Certificates issued so far, and certificates issued ahead of a test. */
@ApiTags('certificates')
@Controller('__admin/certificates')
@UseInterceptors(AdminRefusalInterceptor)
export class CertificatesAdminController {
  constructor(
    private readonly certificates: CertificateStore,
    private readonly orders: IssueOrders,
    private readonly office: CertificateOffice,
    private readonly preissue: Preissue,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'certificates, newest first' })
  @ApiQuery({ name: 'snils', required: false, description: 'of one person, any usual form' })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 1000' })
  async list(@Query() query: unknown) {
    const { snils, limit } = checked(querySchema, query);
    const digits = snils === undefined ? undefined : normaliseSnils(snils);
    if (snils !== undefined && digits === undefined) throw new AdminError(400, 'snils: must be eleven digits');
    return { certificates: (await this.certificates.recent(limit, digits)).map((found) => this.view(found)) };
  }

  @Get('export')
  @Header('content-type', 'application/x-ndjson; charset=utf-8')
  @ApiOperation({
    summary: 'certificates one JSON per line, newest first: what a list shows and the certificate itself, base64 DER',
  })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 100000' })
  async export(@Query() query: unknown): Promise<string> {
    const { limit } = checked(exportSchema, query);
    const found = await this.certificates.recent(limit);
    const lines = found.map((one) => JSON.stringify({ ...this.view(one), certificate: one.der.toString('base64') }));
    return lines.map((line) => `${line}\n`).join('');
  }

  @Get(':serial')
  @ApiOperation({ summary: 'one certificate by its serial number, hex' })
  async find(@Param('serial') serial: string) {
    return this.view(await this.require(serial));
  }

  @Get(':serial/certificate.pem')
  @Header('content-type', 'application/x-pem-file')
  @ApiOperation({ summary: 'one certificate to download' })
  async download(@Param('serial') serial: string): Promise<string> {
    return pem((await this.require(serial)).der, 'CERTIFICATE');
  }

  @Post(':serial/revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'revokes a certificate as if by paper application' })
  @ApiBody(bodySchema(revokeSchema))
  async revoke(@Param('serial') serial: string, @Body() body: unknown, @Caller() by: string) {
    const { reason } = checked(revokeSchema, body ?? {});
    const { id, profile } = await this.require(serial);
    await this.orders.revoke(id, profile, reason);
    this.journal.note('admin.certificates.revoke', 'changed', { serial, reason, by });
    return this.view(await this.require(serial));
  }

  @Post('revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'revokes many certificates at once, those of former authorities and revoked ones left out' })
  @ApiBody(bodySchema(revokeManySchema))
  async revokeMany(@Body() body: unknown, @Caller() by: string) {
    const { serialNumbers, reason } = checked(revokeManySchema, body);
    let revoked = 0;
    for (const serial of serialNumbers) {
      if (await this.isRevoked(canonicalSerial(serial), reason)) revoked += 1;
    }
    this.journal.note('admin.certificates.revoke-many', 'changed', { count: revoked, reason, by });
    return { revoked, skipped: serialNumbers.length - revoked };
  }

  @Post(':serial/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'lifts a hold: puts a suspended certificate (revoked with certificateHold) in force again' })
  async release(@Param('serial') serial: string, @Caller() by: string) {
    await this.office.release((await this.require(serial)).id);
    this.journal.note('admin.certificates.release', 'changed', { serial, by });
    return this.view(await this.require(serial));
  }

  @Post('preissue')
  @HttpCode(200)
  @ApiOperation({ summary: 'issues active certificates to persons of the population without a request' })
  @ApiBody(bodySchema(preissueSchema))
  async issueAhead(@Body() body: unknown, @Caller() by: string) {
    const { persons, profile } = checked(preissueSchema, body);
    if (persons.from + persons.count > 100_000_000) throw new AdminError(400, 'persons: must end by 99999999');
    const issued = await this.preissue.issue(persons.from, persons.count, profile);
    this.journal.note('admin.certificates.preissue', 'changed', { ...persons, profile, by });
    return {
      certificates: issued.map(({ id, subject, serialHex }) => ({ id, subject, serialNumber: serialHex })),
    };
  }

  private async isRevoked(serialHex: string, reason: string): Promise<boolean> {
    try {
      await this.orders.revokeSerial(serialHex, reason);
      return true;
    } catch (failure) {
      if (failure instanceof Refusal) return false;
      throw failure;
    }
  }

  private async require(serial: string): Promise<UnepCertificate> {
    const hex = canonicalSerial(serial);
    const found = await this.certificates.findBySerial(hex);
    if (found !== undefined) return found;
    throw new AdminError(404, `no certificate with serial number "${serial.slice(0, 100)}"`);
  }

  private view(certificate: UnepCertificate) {
    return certificateView(certificate, this.clock.nowMs());
  }
}
