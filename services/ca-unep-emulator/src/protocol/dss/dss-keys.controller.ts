import { Body, Controller, Delete, Get, Headers, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import {
  Clock,
  CONFIG,
  CurrentExchange,
  Exchange,
  Ids,
  Operation,
  ProtocolError,
  WireReply,
} from '@poligon/emulator-kit';
import { envelopeCms, PkiError } from '@poligon/pki';
import { z } from 'zod';
import type { CaConfig } from '../../config.js';
import { DssDesk } from './dss-desk.js';
import { readEncryption, readKeyOrder } from './dss-keys.codec.js';
import { DssRefusalInterceptor } from './dss-refusal.interceptor.js';
import { DssSessions } from './dss-session.js';
import { certificateView } from './dss-views.js';
import { SIGNATURE_TEMPLATES } from './signature-templates.js';

const installSchema = z.object({ Base64Certificate: z.base64().min(1) });

/** What the sign server does beside requests and signatures (section 2.4): keys, encryption, templates. */
@Controller('SignServer/rest/api')
@UseInterceptors(DssRefusalInterceptor)
export class DssKeysController {
  constructor(
    private readonly desk: DssDesk,
    private readonly sessions: DssSessions,
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'suite' | 'employeeParamSet'>,
  ) {}

  @Post('keys/generate')
  @Operation('dss.key-generate', { about: 'a key with a certificate for the user', journalBody: () => '(not kept)' })
  async generate(
    @Body() body: unknown,
    @Headers('authorization') token: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const { user } = this.sessions.require(token, exchange);
    const pin = readKeyOrder(body, this.config);
    const [number, { der }] = await this.desk.generateKey(user, pin, exchange);
    const Base64Certificate = der.toString('base64');
    return WireReply.json({ IsError: false, ErrorDescription: null, CertId: number, Base64Certificate });
  }

  @Post('documents/encrypt')
  @Operation('dss.document-encrypt', { about: 'a document only its recipients can read' })
  encrypt(@Body() body: unknown, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    const order = readEncryption(body);
    try {
      const envelope = envelopeCms({ ...order, randomBytes: (size) => this.ids.bytes(size) });
      return WireReply.json(envelope.toString('base64'));
    } catch (failure) {
      if (failure instanceof PkiError) throw new ProtocolError('algid_is_not_supported');
      throw failure;
    }
  }

  @Get('v2/processingtemplates')
  @Operation('dss.templates', { about: 'forms of signature that v2 calls name by number' })
  templates(@Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    return WireReply.json(SIGNATURE_TEMPLATES);
  }

  @Post('certificates')
  @Operation('dss.certificate-install', { about: 'installs a certificate the authority made for a key of the user' })
  async install(@Body() body: unknown, @Headers('authorization') token: string | undefined) {
    const { user } = this.sessions.require(token);
    const parsed = installSchema.safeParse(body);
    if (!parsed.success) throw new ProtocolError('parameters_required');
    const der = Buffer.from(parsed.data.Base64Certificate, 'base64');
    const all = await this.desk.certificatesOf(user);
    const index = all.findIndex(([, certificate]) => certificate.der.equals(der));
    if (index < 0) throw new ProtocolError('invalid_content');
    const [number, certificate] = all[index]!;
    const hasPin = (await this.desk.numbersWithPin(user)).has(number);
    return WireReply.json(
      certificateView(number, certificate, { nowMs: this.clock.nowMs(), isDefault: index === 0, hasPin }),
    );
  }

  @Delete(['requests/:id', 'v2/requests/:id'])
  @Operation('dss.request-delete', { about: 'withdraws a request' })
  async cancel(@Param('id') id: string, @Headers('authorization') token: string | undefined) {
    const { user } = this.sessions.require(token);
    await this.desk.cancel(user, /^\d{1,9}$/.test(id) ? Number(id) : -1);
    return WireReply.empty(200);
  }
}
