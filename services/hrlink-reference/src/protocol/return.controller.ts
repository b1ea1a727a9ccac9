import { Controller, Headers, Inject, Query } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { z } from 'zod';
import { AstralAuthority } from '../adapters/astral-authority.js';
import { astralEvent, type AstralEvent } from '../adapters/astral-event.js';
import type { Config } from '../config.js';
import { Refusal } from '../domain/refusal.js';
import { RemoteIdentification } from '../flow/remote-identification.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf, parsed } from './input.decorator.js';
import { nqesIssueRequest } from './nqes.codec.js';
import { success } from './success.js';

const text = z.string().max(20_000);
const returnQuery = z.object({
  state: text,
  code: text.optional(),
  error: text.optional(),
  error_description: text.optional(),
});

/** Where the outside world comes back: the browser from ESIA, the certification authority with its events. */
@Controller()
export class ReturnController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly remote: RemoteIdentification,
    private readonly astral: AstralAuthority,
  ) {}

  @HrlinkRoute('esia.callback', { about: 'the browser is back from ESIA', access: 'public', pool: 'none' })
  async esia(@Query() query: unknown) {
    const { state, code, error, error_description: description } = parsed(returnQuery, query);
    const issue = await this.remote.back(state, { code, error: description ?? error });
    return success({ nqesIssueRequest: nqesIssueRequest(issue, null) });
  }

  @HrlinkRoute('ca.callback', { about: 'an event of the certification authority', access: 'public', pool: 'none' })
  authority(@Headers('authorization') authorization: string | undefined, @BodyOf(astralEvent) event: AstralEvent) {
    const { caCallbackToken } = this.config;
    if (caCallbackToken !== undefined && authorization !== `Bearer ${caCallbackToken}`)
      throw new Refusal('invalidApiToken');
    this.astral.receive(event);
    return success({});
  }
}
