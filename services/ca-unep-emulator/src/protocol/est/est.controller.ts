import { Body, Controller, Get, Headers, Inject, Post, UseInterceptors } from '@nestjs/common';
import { CONFIG, CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import { certsOnly, fromPem, pem, PkiError } from '@poligon/pki';
import type { CaConfig } from '../../config.js';
import { Refusal } from '../../domain/refusal.js';
import { CertificationAuthority } from '../../flow/certification-authority.js';
import { checkedCsr, Enrolment } from '../../flow/enrolment.js';
import { hintsOf } from '../answered.js';
import { isSameSecret } from '../credentials.js';
import { Ca20Desk } from '../ca20/ca20-desk.js';
import { Ca20Tokens } from '../ca20/ca20-tokens.js';
import { RefusalInterceptor } from '../refusal.interceptor.js';

const MAX_REQUEST_BYTES = 128 * 1024;

/** Certificates in PKCS#7, base64 in lines of 64 (RFC 7030 4.2.3). */
function certificatesReply(certificates: readonly Buffer[]): WireReply {
  const body = certsOnly(certificates).toString('base64').replace(/.{64}/g, '$&\r\n');
  const headers = {
    'content-type': 'application/pkcs7-mime; smime-type=certs-only',
    'content-transfer-encoding': 'base64',
  };
  return new WireReply(200, headers, `${body}\r\n`);
}

/** The standard doors: EST (RFC 7030) and a plain PKCS#10 in, certificate out. */
@Controller()
@UseInterceptors(RefusalInterceptor)
export class EstController {
  constructor(
    private readonly enrolment: Enrolment,
    private readonly authority: CertificationAuthority,
    private readonly tokens: Ca20Tokens,
    private readonly registered: Ca20Desk,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'estUser' | 'estPassword'>,
  ) {}

  @Get('.well-known/est/cacerts')
  @Operation('est.cacerts', { about: 'certificates of the authority' })
  cacerts() {
    return certificatesReply([...this.authority.anchors.intermediates, ...this.authority.anchors.trusted]);
  }

  @Post('.well-known/est/simpleenroll')
  @Operation('est.simpleenroll', { about: 'a certificate for a PKCS#10 request' })
  enroll(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    return this.enrolled(body, authorization, exchange);
  }

  @Post('.well-known/est/simplereenroll')
  @Operation('est.simplereenroll', { about: 'a new certificate for the holder of one' })
  reenroll(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    return this.enrolled(body, authorization, exchange);
  }

  @Post('pkcs10')
  @Operation('est.pkcs10', { about: 'PKCS#10 in PEM or DER in, certificate in PEM out' })
  async plain(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const user = this.authorise(authorization);
    const bytes = bytesOf(body);
    const request = bytes[0] === 0x30 ? bytes : decoded(() => fromPem(bytes.toString('latin1')));
    const text = pem(await this.certified(request, user, exchange), 'CERTIFICATE');
    return WireReply.text(text, 200, 'application/x-pem-file');
  }

  private async enrolled(body: unknown, authorization: string | undefined, exchange: Exchange): Promise<WireReply> {
    const user = this.authorise(authorization);
    const text = bytesOf(body).toString('latin1').replace(/\s/g, '');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Refusal('bad_request', 'body must be PKCS#10 in base64');
    return certificatesReply([await this.certified(Buffer.from(text, 'base64'), user, exchange)]);
  }

  /** The subject is the request's; for a user of the registration authority it is the registered one. */
  private certified(request: Buffer, user: string | undefined, exchange: Exchange): Promise<Buffer> {
    const hints = hintsOf(exchange);
    if (user === undefined) return this.enrolment.enrol(request, hints);
    return this.registered.enrol(user, decoded(() => checkedCsr(request)).spki, hints);
  }

  /** @returns the user of the registration authority whose token was given; undefined for the common user. @throws Refusal `unauthorized` */
  private authorise(authorization: string | undefined): string | undefined {
    const given = /^Basic (.{1,500})$/i.exec(authorization ?? '')?.[1] ?? '';
    const credentials = Buffer.from(given, 'base64').toString();
    const { estUser, estPassword } = this.config;
    if (isSameSecret(credentials, `${estUser}:${estPassword}`)) return undefined;
    const user = this.tokens.userOf(credentials);
    if (user === undefined) throw new Refusal('unauthorized', 'authentication is required');
    return user;
  }
}

function bytesOf(body: unknown): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '');
  if (bytes.length === 0) throw new Refusal('bad_request', 'body must be a PKCS#10 request');
  if (bytes.length > MAX_REQUEST_BYTES) throw new Refusal('bad_request', 'request is too large');
  return bytes;
}

function decoded<T>(read: () => T): T {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof PkiError) throw new Refusal('bad_request', failure.message);
    throw failure;
  }
}
