import { Body, Controller, Get, Headers, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { CONFIG, CurrentExchange, Exchange, Operation, valueAt, WireReply } from '@poligon/emulator-kit';
import { defaultPopulation, subjectKey } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import type { CaConfig } from '../../config.js';
import { Refusal } from '../../domain/refusal.js';
import { isSameSecret } from '../credentials.js';
import { RefusalInterceptor } from '../refusal.interceptor.js';
import { formFields } from './form-fields.js';
import { SignMeDesk } from './sign-me-desk.js';

/** The person who registers: by СНИЛС, ИНН or phone. */
function subject({ body }: FastifyRequest): string | undefined {
  const person =
    defaultPopulation.indexBySnils(valueAt(body, 'snils')) ??
    defaultPopulation.indexByInn(valueAt(body, 'inn')) ??
    defaultPopulation.indexByPhone(valueAt(body, 'phone'));
  return person === undefined ? undefined : subjectKey(person);
}

/** Sign.Me (section 2.5): the key of the API travels in the body. */
@Controller()
@UseInterceptors(RefusalInterceptor)
export class SignMeController {
  constructor(
    private readonly desk: SignMeDesk,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'signMeKey'>,
  ) {}

  @Post('register/precheck')
  @Operation('sign-me.precheck', {
    about: 'which fields of an application are in use',
    journalBody: () => '(not kept)',
  })
  async precheck(@Body() body: unknown, @Headers('content-type') contentType: string | undefined) {
    const fields = formFields(body, contentType);
    this.authorise(fields['key']);
    return WireReply.json(await this.desk.precheck(fields));
  }

  @Post('register/api')
  @Operation('sign-me.register', { about: 'an application for a certificate', subject })
  async register(@Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    this.authorise(valueAt(body, 'key'));
    return WireReply.json(await this.desk.register(body, exchange));
  }

  @Post('signapi/sjson')
  @Operation('sign-me.sign', {
    about: 'a document to sign; the answer is where to go',
    journalBody: () => '(not kept)',
  })
  async sign(
    @Body() body: unknown,
    @Headers('content-type') contentType: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    const file = parsed(formFields(body, contentType)['rfile']);
    this.authorise(valueAt(file, 'key'));
    return WireReply.text(await this.desk.sign(file, exchange), 200, 'text/plain; charset=utf-8');
  }

  @Get('signme/file/:id')
  @Operation('sign-me.file', { about: 'the signature of a document' })
  file(@Param('id') id: string) {
    return new WireReply(200, { 'content-type': 'application/pkcs7-signature' }, this.desk.file(id).cms);
  }

  private authorise(key: unknown): void {
    const isKnown = typeof key === 'string' && isSameSecret(key, this.config.signMeKey);
    if (!isKnown) throw new Refusal('unauthorized', 'Неверный ключ API');
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new Refusal('bad_request', 'rfile: ожидается JSON');
  }
}
