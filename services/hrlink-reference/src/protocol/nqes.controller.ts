import { Controller, Param } from '@nestjs/common';
import type { Actor } from '../domain/actor.js';
import type { NqesIssue } from '../domain/nqes-issue.js';
import { found } from '../domain/refusal.js';
import { NqesIssues } from '../flow/nqes-issues.js';
import { RemoteIdentification } from '../flow/remote-identification.js';
import { NqesIssueStore } from '../state/work.store.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { InputOf } from './input.decorator.js';
import { nqesIssueRequest } from './nqes.codec.js';
import { codeInput, type CodeInput } from './signing.controller.js';
import { success } from './success.js';

/** A УНЭП issue request after it was made (spec 2.8, flow (d) 6–11). */
@Controller()
export class NqesController {
  constructor(
    private readonly store: NqesIssueStore,
    private readonly nqes: NqesIssues,
    private readonly remote: RemoteIdentification,
  ) {}

  @HrlinkRoute('nqes.get', { about: 'state of the issue, and the ESIA link while one is needed', access: 'any' })
  get(@Param('id') id: string, @CurrentActor() actor: Actor) {
    return this.card(this.own(id, actor));
  }

  @HrlinkRoute('nqes.sendCode', { about: "sends a code: HRlink's own or the authority's", access: 'any' })
  async sendCode(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const issue = this.own(id, actor);
    await this.nqes.sendCode(issue);
    return this.card(issue);
  }

  @HrlinkRoute('nqes.confirm', { about: 'the employee signs the application with the code', access: 'employee' })
  async confirm(
    @Param('id') id: string,
    @InputOf('nqes.confirm', codeInput) { code }: CodeInput,
    @CurrentActor() actor: Actor,
  ) {
    const issue = this.own(id, actor);
    await this.nqes.confirm(issue, code);
    return this.card(issue);
  }

  @HrlinkRoute('nqes.accept', { about: 'the employee accepts the certificate (Астрал)', access: 'employee' })
  async accept(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const issue = this.own(id, actor);
    await this.nqes.accept(issue);
    return this.card(issue);
  }

  @HrlinkRoute('nqes.reject', { about: 'the employee declines', access: 'any' })
  reject(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const issue = this.own(id, actor);
    this.nqes.reject(issue);
    return this.card(issue);
  }

  private card(issue: NqesIssue) {
    return success({ nqesIssueRequest: nqesIssueRequest(issue, this.remote.link(issue)) });
  }

  private own(id: string, actor: Actor): NqesIssue {
    const issue = found(this.store.byId(id), 'nqesIssueRequest');
    return found(actor.isHr || issue.clientUserId === actor.clientUserId ? issue : undefined, 'nqesIssueRequest');
  }
}
