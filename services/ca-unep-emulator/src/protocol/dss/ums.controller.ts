import { Body, Controller, Get, Headers, Param, Post } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import { z } from 'zod';
import { DssAccounts, type DssAccount } from './dss-accounts.js';
import { DssSessions } from './dss-session.js';

const METHOD = 'http://dss.cryptopro.ru/identity/authenticationmethod/';
const text = z
  .string()
  .max(200)
  .nullish()
  .transform((value) => value ?? '');
const userSchema = z.object({
  Login: z.string().regex(/^[^\p{Cc}]{1,200}$/u),
  DisplayName: text,
  Email: text,
  PhoneNumber: text,
  Password: text,
});
const listSchema = z.object({
  Login: text,
  Skip: z.int().min(0).default(0),
  Take: z.int().min(1).max(1000).default(100),
});
const phoneSchema = z.object({ PhoneNumber: z.string().max(30) });
const passwordSchema = z.object({ Password: z.string().min(1).max(200) });
const policySchema = z.array(z.object({ Action: z.int().min(1).max(1024), ConfirmationRequired: z.boolean() })).max(20);
const POLICY = {
  AuthenticationMethods: ['idonly', 'password', 'otpviasms', 'mydss'].map((name) => `${METHOD}${name}`),
  PasswordPolicy: { MinimumLength: 1 },
};
const HIDDEN = { journalBody: () => '(not kept)' };

/** @throws ProtocolError `invalid_request` */
function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) throw new ProtocolError('invalid_request');
  return parsed.data;
}

/** @throws ProtocolError `invalid_request` */
function phoneIn(given: string): string {
  const phone = normalisePhone(given);
  if (phone === undefined) throw new ProtocolError('invalid_request');
  return phone;
}

const userView = ({ id, login, displayName, email, phones, methods }: DssAccount) => ({
  ...{ UserId: id, Login: login, DisplayName: displayName, Email: email, AccountLocked: false },
  PhoneNumber: phones[0]?.number ?? null,
  PhoneNumberConfirmed: phones[0]?.isConfirmed ?? false,
  AuthenticationMethods: methods.map((name) => `${METHOD}${name}`),
});

/** User management of the token service, for operators (section 2.4). Bodies beside the known ones are assumptions. */
@Controller('STS/ums')
export class UmsController {
  constructor(
    private readonly sessions: DssSessions,
    private readonly accounts: DssAccounts,
  ) {}

  @Get('policy')
  @Operation('sts.ums-policy', { about: 'rules of the user management' })
  policy(@Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    return WireReply.json(POLICY);
  }

  @Post('user')
  @Operation('sts.ums-user-create', { about: 'registers a user', ...HIDDEN })
  async create(@Body() body: unknown, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    const { Login: login, DisplayName, Email: email, PhoneNumber, Password: password } = read(userSchema, body);
    const phone = PhoneNumber === '' ? '' : phoneIn(PhoneNumber);
    return WireReply.json(
      await this.accounts.create({ login, displayName: DisplayName || login, email, phone, password }),
    );
  }

  @Post('users')
  @Operation('sts.ums-users', { about: 'registered users' })
  async users(@Body() body: unknown, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    const { Login, Skip, Take } = read(listSchema, body);
    const all = (await this.accounts.list()).filter(({ login }) => Login === '' || login === Login);
    const UserInfos = all.slice(Skip, Skip + Take).map(userView);
    return WireReply.json({ UserInfos, TotalCount: all.length, AffectedCount: UserInfos.length });
  }

  @Get('user/:id')
  @Operation('sts.ums-user', { about: 'one user' })
  async user(@Param('id') id: string, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    return WireReply.json(userView(await this.accounts.find(id)));
  }

  @Get('user/:id/phones')
  @Operation('sts.ums-phones', { about: 'phones of a user' })
  async phones(@Param('id') id: string, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    const { phones } = await this.accounts.find(id);
    return WireReply.json(phones.map(({ number, isConfirmed }) => ({ PhoneNumber: number, Confirmed: isConfirmed })));
  }

  @Post('user/:id/phones')
  @Operation('sts.ums-phone-add', { about: 'adds a phone of a user' })
  async addPhone(@Param('id') id: string, @Body() body: unknown, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    await this.accounts.addPhone(id, phoneIn(read(phoneSchema, body).PhoneNumber));
    return WireReply.empty(200);
  }

  @Post('user/:id/phones/:phone/confirm')
  @Operation('sts.ums-phone-confirm', { about: 'codes of the user go to this phone' })
  async confirmPhone(
    @Param('id') id: string,
    @Param('phone') phone: string,
    @Headers('authorization') token: string | undefined,
  ) {
    this.sessions.require(token);
    await this.accounts.confirmPhone(id, phoneIn(phone));
    return WireReply.empty(200);
  }

  @Post(['user/:id/authmethod/:method', 'user/:id/mydss/:method', 'user/:id/mobileauth'])
  @Operation('sts.ums-method', { about: 'lets a user sign in by one more method' })
  async method(
    @Param('id') id: string,
    @Param('method') method: string | undefined,
    @Headers('authorization') token: string | undefined,
  ) {
    this.sessions.require(token);
    const name = method === 'init' ? 'mydss' : (method ?? 'mobileauth');
    if (!/^[a-z]{1,30}$/.test(name)) throw new ProtocolError('invalid_request');
    await this.accounts.change(id, (account) => ({
      ...account,
      methods: [...new Set([...account.methods, name])].slice(0, 20),
    }));
    return WireReply.empty(200);
  }

  @Post('user/:id/password')
  @Operation('sts.ums-password', { about: 'sets the password of a user', ...HIDDEN })
  async password(@Param('id') id: string, @Body() body: unknown, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    await this.accounts.setPassword(id, read(passwordSchema, body).Password);
    return WireReply.empty(200);
  }

  @Get('user/:id/operationpolicy')
  @Operation('sts.ums-operation-policy', { about: 'what a user must confirm' })
  async operationPolicy(@Param('id') id: string, @Headers('authorization') token: string | undefined) {
    this.sessions.require(token);
    return WireReply.json((await this.accounts.find(id)).policy);
  }

  @Post('user/:id/operationpolicy')
  @Operation('sts.ums-operation-policy-set', { about: 'sets what a user must confirm' })
  async setOperationPolicy(
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('authorization') token: string | undefined,
  ) {
    this.sessions.require(token);
    const policy = read(policySchema, body);
    await this.accounts.change(id, (account) => ({ ...account, policy }));
    return WireReply.empty(200);
  }
}
