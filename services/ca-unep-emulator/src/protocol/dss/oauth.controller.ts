import { Body, Controller, Get, Headers, Inject, Post, Query, Req } from '@nestjs/common';
import { CONFIG, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CaConfig } from '../../config.js';
import { clientNameOf } from '../client-certificate.js';
import { DssAccounts } from './dss-accounts.js';
import { DssGrants } from './dss-grants.js';
import { DssSessions } from './dss-session.js';

const MAX_USER = 200;
const OFFLINE = 'offline_access';

const authorizeSchema = z.object({
  client_id: z.string().max(200),
  redirect_uri: z.string().max(2000),
  state: z.string().max(1000).optional(),
});

/** The client by its header, else by the form. */
function clientOf(form: URLSearchParams, authorization: string | undefined): string | null | undefined {
  const basic = /^Basic (.{1,500})$/i.exec(authorization ?? '')?.[1];
  return basic === undefined ? form.get('client_id') : Buffer.from(basic, 'base64').toString().split(':')[0];
}

const isUser = (user: string): boolean => user !== '' && user.length <= MAX_USER;

/** Tokens of КриптоПро DSS: password, authorization_code and refresh_token grants (section 2.4). */
@Controller('STS/oauth')
export class OauthController {
  constructor(
    private readonly sessions: DssSessions,
    private readonly grants: DssGrants,
    private readonly accounts: DssAccounts,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'dssClient' | 'dssPassword'>,
  ) {}

  @Post('token')
  @Operation('sts.token', {
    about: 'access token for a password, code or refresh token',
    journalBody: () => '(not kept)',
  })
  async token(@Body() body: unknown, @Headers('authorization') authorization: string | undefined) {
    const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    if (clientOf(form, authorization) !== this.config.dssClient) throw new ProtocolError('invalid_client');
    const { user, isOffline } = await this.granted(form);
    const { token, lifeSeconds } = this.sessions.open(user);
    const refresh = isOffline ? { refresh_token: this.grants.give('refresh', user) } : {};
    return WireReply.json({ access_token: token, token_type: 'Bearer', expires_in: lifeSeconds, ...refresh });
  }

  /** The operator's certificate, or the name of its holder from a web server in front that has checked it. */
  @Get('authorize/certificate')
  @Operation('sts.authorize', { about: 'authorization code for the holder of a client certificate' })
  authorize(
    @Query() query: unknown,
    @Headers('x-client-certificate-name') named: string | undefined,
    @Req() request: FastifyRequest,
  ) {
    const parsed = authorizeSchema.safeParse(query);
    if (!parsed.success) throw new ProtocolError('invalid_request');
    const { client_id: client, redirect_uri: redirect, state } = parsed.data;
    if (client !== this.config.dssClient) throw new ProtocolError('invalid_client');
    const holder = clientNameOf(request) ?? named;
    if (holder === undefined || !isUser(holder)) throw new ProtocolError('unauthorized');
    const answer = new URLSearchParams({ code: this.grants.give('code', holder), ...(state ? { state } : {}) });
    const separator = redirect.includes('?') ? '&' : '?';
    return new WireReply(302, { location: `${encodeURI(redirect)}${separator}${answer.toString()}` }, '');
  }

  /** @throws ProtocolError `invalid_request`, `invalid_grant` */
  private async granted(form: URLSearchParams): Promise<{ user: string; isOffline: boolean }> {
    const isOffline = (form.get('scope') ?? '').split(' ').includes(OFFLINE);
    switch (form.get('grant_type')) {
      case 'password':
        return { user: await this.byPassword(form), isOffline };
      case 'authorization_code':
        return { user: required(this.grants.take('code', form.get('code') ?? '')), isOffline: true };
      case 'refresh_token':
        return { user: required(this.grants.take('refresh', form.get('refresh_token') ?? '')), isOffline: true };
      default:
        throw new ProtocolError('invalid_request');
    }
  }

  private async byPassword(form: URLSearchParams): Promise<string> {
    const user = form.get('username') ?? '';
    if (!isUser(user)) throw new ProtocolError('invalid_request');
    const isRight = await this.accounts.isPasswordOf(user, form.get('password') ?? '', this.config.dssPassword);
    if (!isRight) throw new ProtocolError('invalid_grant');
    return user;
  }
}

function required(user: string | undefined): string {
  if (user !== undefined) return user;
  throw new ProtocolError('invalid_grant');
}
