import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../domain/actor.js';
import { found } from '../domain/refusal.js';
import type { SigningRequest } from '../domain/signing-request.js';
import { CodeSigning } from '../flow/code-signing.js';
import { SigningRequestStore } from '../state/work.store.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { InputOf } from './input.decorator.js';
import { success } from './success.js';
import { signingRequest } from './task.codec.js';

/** Codes are compared as text; surrounding spaces of a hurried employee do not count. */
export const codeInput = z.object({ code: z.union([z.string(), z.number()]).transform((code) => String(code).trim()) });
export type CodeInput = z.output<typeof codeInput>;

/** Signing requests: state, code, resend, cancel (spec 2.8). */
@Controller()
export class SigningController {
  constructor(
    private readonly store: SigningRequestStore,
    private readonly signing: CodeSigning,
  ) {}

  @HrlinkRoute('signing.get', { about: 'state of a signing request', access: 'any' })
  get(@Param('id') id: string, @CurrentActor() actor: Actor) {
    return success({ signingRequest: signingRequest(this.own(id, actor)) });
  }

  @HrlinkRoute('signing.confirm', { about: 'spends the SMS code; the signature follows', access: 'employee' })
  confirm(
    @Param('id') id: string,
    @InputOf('signing.confirm', codeInput) { code }: CodeInput,
    @CurrentActor() actor: Actor,
  ) {
    const request = this.own(id, actor);
    this.signing.confirm(request, code);
    return success({ signingRequest: signingRequest(request) });
  }

  @HrlinkRoute('signing.resend', { about: 'sends another code, at most one a minute', access: 'employee' })
  resend(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const request = this.own(id, actor);
    this.signing.resend(request);
    return success({ signingRequest: signingRequest(request) });
  }

  @HrlinkRoute('signing.cancel', { about: 'gives up before the code is confirmed', access: 'employee' })
  cancel(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const request = this.own(id, actor);
    this.signing.cancel(request);
    return success({ signingRequest: signingRequest(request) });
  }

  private own(id: string, actor: Actor): SigningRequest {
    const request = found(this.store.byId(id), 'signingRequest');
    const isOwn = request.clientUserId === actor.clientUserId || actor.kind === 'token';
    return found(isOwn ? request : undefined, 'signingRequest');
  }
}
