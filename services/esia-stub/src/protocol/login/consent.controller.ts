import { Controller, Get, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import { fullName } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { requestFacts, visitorSubject } from '../call-facts.js';
import { formOf } from '../parameters.codec.js';
import { PersonDirectory } from '../person-directory.js';
import { PublicBase } from '../public-base.js';
import { LoginFlow } from './login-flow.js';
import { consentPage } from './pages/consent-page.js';
import { HTML_HEADERS } from './pages/page-layout.js';
import { PendingLogins } from './pending-logins.js';
import { RoleChoice } from './role-choice.js';
import { SsoSessions } from './sso-sessions.js';
import { refusal } from './user-checks.js';
import { LOGIN_PATH } from './visit.js';

/** The page where the person agrees to give data to a client. */
@Controller('aas/oauth2/consent')
export class ConsentController {
  constructor(
    private readonly pendings: PendingLogins,
    private readonly sessions: SsoSessions,
    private readonly flow: LoginFlow,
    private readonly people: PersonDirectory,
    private readonly base: PublicBase,
    private readonly roles: RoleChoice,
  ) {}

  @Get()
  @Operation('esia.consent.page', { about: 'consent page', subject: visitorSubject })
  async show(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const visit = { request, exchange };
    const { request: asked } = await this.pendings.of(visit);
    const session = await this.sessions.live(visit);
    if (session === undefined) return WireReply.redirect(this.base.of(request) + LOGIN_PATH);
    const personName = fullName(this.people.person(session.personIndex));
    const { name, esiaOid } = this.people.employerOf(session.personIndex);
    const employer = this.roles.isOpen(asked) ? { name, oid: esiaOid } : undefined;
    return new WireReply(200, HTML_HEADERS, consentPage({ ...asked, personName, employer }));
  }

  @Post()
  @Operation('esia.consent', { about: 'consent form', subject: visitorSubject, facts: requestFacts })
  async decide(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const visit = { request, exchange };
    const pending = await this.pendings.of(visit);
    const session = await this.sessions.live(visit);
    if (session === undefined) return WireReply.redirect(this.base.of(request) + LOGIN_PATH);
    const form = formOf(request.body);
    if (form.get('decision') === 'allow') return this.flow.agree(session, { pending, role: form.get('role') }, visit);
    await this.pendings.finish(pending);
    throw refusal('ESIA-007004', pending.request);
  }
}
