import { Controller, Get, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { loginSubject, requestFacts, visitorSubject } from '../call-facts.js';
import { formOf } from '../parameters.codec.js';
import { AutomaticLogin } from './automatic-login.js';
import { LoginFlow } from './login-flow.js';
import { LoginForm } from './login-form.js';
import { loginPage } from './pages/login-page.js';
import { HTML_HEADERS } from './pages/page-layout.js';
import { PendingLogins } from './pending-logins.js';

/** Longest login shown again after a refusal. */
const MAX_SHOWN_CHARS = 100;

/** `/login`: the page a good authorization request leads to. */
@Controller('login')
export class LoginController {
  constructor(
    private readonly pendings: PendingLogins,
    private readonly automatic: AutomaticLogin,
    private readonly form: LoginForm,
    private readonly flow: LoginFlow,
  ) {}

  @Get()
  @Operation('esia.login.page', { about: 'login page, or login at once when automatic', subject: visitorSubject })
  async show(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const visit = { request, exchange };
    const pending = await this.pendings.of(visit);
    const person = await this.automatic.personFor(pending.request, visit);
    if (person !== undefined) return this.flow.enter(person, pending, visit);
    const { clientId } = pending.request;
    return new WireReply(200, HTML_HEADERS, loginPage({ clientId, login: '', problem: undefined }));
  }

  @Post()
  @Operation('esia.login', { about: 'login form', subject: loginSubject, facts: requestFacts })
  async submit(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const visit = { request, exchange };
    const pending = await this.pendings.of(visit);
    const form = formOf(request.body);
    const person = this.form.personOf(form);
    if (person !== undefined) return this.flow.enter(person, pending, visit);
    const { clientId } = pending.request;
    const login = (form.get('login') ?? '').slice(0, MAX_SHOWN_CHARS);
    return new WireReply(401, HTML_HEADERS, loginPage({ clientId, login, problem: 'Неверный логин или пароль' }));
  }
}
