import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { HINT } from '../../faults/fault-hints.js';
import { ClientStore } from '../../state/client.store.js';
import { queryClient, queryOf, requestFacts, visitorSubject } from '../call-facts.js';
import { oauthError } from '../errors.js';
import { withQuery } from '../return-address.js';
import { loggedOutPage } from './pages/login-page.js';
import { HTML_HEADERS } from './pages/page-layout.js';
import { SsoSessions } from './sso-sessions.js';

/** `GET /idp/ext/Logout`: ends the SSO session. The address is called redirect_url here. */
@Controller('idp/ext')
export class LogoutController {
  constructor(
    private readonly clients: ClientStore,
    private readonly sessions: SsoSessions,
  ) {}

  @Get('Logout')
  @Operation('esia.logout', {
    about: 'logout',
    client: queryClient,
    subject: visitorSubject,
    facts: requestFacts,
  })
  async logout(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const query = queryOf(request);
    if (!query.isReadable) throw oauthError('ESIA-007038');
    if (!query.has('client_id')) throw oauthError('ESIA-007014', { parameter: 'client_id' });
    if ((await this.clients.find(query.get('client_id')!)) === undefined) throw oauthError('ESIA-007005');
    const address = addressIn(query.get('redirect_url'));
    const isIgnored = exchange.hinted(HINT.logoutIgnored) !== undefined;
    const headers = isIgnored ? {} : await this.sessions.end({ request, exchange });
    if (address !== undefined) return WireReply.redirect(address, headers);
    return new WireReply(200, { ...HTML_HEADERS, ...headers }, loggedOutPage());
  }
}

/** Any web address will do, registered or not. @throws ProtocolError for text that is not one */
function addressIn(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw oauthError('ESIA-007003');
  return withQuery(text, new URLSearchParams()).replace(/[?&]$/, '');
}
