import { Body, Controller, Get, Headers, Inject, Post, Query, UseInterceptors } from '@nestjs/common';
import { CONFIG, CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import { defaultPopulation, subjectKey } from '@poligon/people';
import { valueAt } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { CaConfig } from '../../config.js';
import { Refusal } from '../../domain/refusal.js';
import { personOfSubjectId } from '../../domain/subject-id.js';
import { isSameSecret } from '../credentials.js';
import { RefusalInterceptor } from '../refusal.interceptor.js';
import { DssSignDesk } from './dss-sign-desk.js';

/** The person behind the certificate or the task. */
function subject({ body, query }: FastifyRequest): string | undefined {
  const person =
    personOfSubjectId(valueAt(body, 'CertificateId')) ??
    personOfSubjectId((query as Record<string, unknown>)['taskId']);
  return person === undefined || person >= defaultPopulation.size ? undefined : subjectKey(person);
}

/** Asynchronous signing with keys kept at the authority (section 2.5, profile `dsssign`). */
@Controller()
@UseInterceptors(RefusalInterceptor)
export class DssSignController {
  constructor(
    private readonly desk: DssSignDesk,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'konturApiKey'>,
  ) {}

  @Post('DssSign')
  @Operation('dss-sign.order', { about: 'orders signatures of whole files', subject })
  async order(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @CurrentExchange() exchange: Exchange,
  ) {
    this.authorise(authorization);
    return WireReply.json({ TaskId: await this.desk.order(body, exchange) });
  }

  @Get('DssSignResult')
  @Operation('dss-sign.result', { about: 'state of a signing task and its signatures', subject })
  result(@Query('taskId') taskId: unknown, @Headers('authorization') authorization: string | undefined) {
    this.authorise(authorization);
    return this.desk.result(typeof taskId === 'string' ? taskId : '');
  }

  private authorise(authorization: string | undefined): void {
    const client = /ddauth_api_client_id=([^,\s]{1,200})/.exec(authorization ?? '')?.[1] ?? '';
    if (!isSameSecret(client, this.config.konturApiKey)) throw new Refusal('unauthorized', 'Unauthorized');
  }
}
