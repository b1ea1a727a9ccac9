import { Controller, Param } from '@nestjs/common';
import type { WireReply } from '@poligon/emulator-kit';
import { literal, readLiteral } from '@poligon/hrlink-api';
import { z } from 'zod';
import { profile } from '../config.js';
import { type Actor, personOf } from '../domain/actor.js';
import type { Application } from '../domain/application.js';
import { found, Refusal } from '../domain/refusal.js';
import { Applications, type Who } from '../flow/applications.js';
import { ApplicationStore } from '../state/application.store.js';
import { EmployeeStore } from '../state/people.store.js';
import { ApplicationCodec } from './application.codec.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { InputOf } from './input.decorator.js';
import { printForm } from './print-form.js';
import { success } from './success.js';
import { signingRequest } from './task.codec.js';

const signInput = z.object({ signingType: z.string().default('CLOUD_NQES') });
const commentInput = z.object({ comment: z.string().max(2000).nullish() });

/** Who stands behind a responsibility taken with the API token. */
const TOKEN_HOLDER = 'api-token';

/** One application: signature, approval, processing, end of life (spec 2.8). */
@Controller()
export class ApplicationsController {
  constructor(
    private readonly store: ApplicationStore,
    private readonly employees: EmployeeStore,
    private readonly applications: Applications,
    private readonly codec: ApplicationCodec,
  ) {}

  @HrlinkRoute('application.get', { about: 'card of an application', access: 'any' })
  get(@Param('id') id: string, @CurrentActor() actor: Actor) {
    return this.card(this.visible(id, actor));
  }

  @HrlinkRoute('application.delete', { about: 'the applicant withdraws, or HR deletes', access: 'any' })
  delete(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const application = this.visible(id, actor);
    if (!actor.isHr && application.creatorUserId !== actor.clientUserId) {
      throw new Refusal('forbidden', { permission: 'DELETE_APPLICATION' });
    }
    this.applications.withdraw(application);
    return success({});
  }

  @HrlinkRoute('application.sign', {
    about: 'the applicant signs: УНЭП with an SMS code, or ПЭП at once',
    access: 'employee',
  })
  sign(
    @Param('id') id: string,
    @InputOf('application.sign', signInput) { signingType }: z.output<typeof signInput>,
    @CurrentActor() actor: Actor,
  ) {
    const application = this.visible(id, actor);
    const type = readLiteral(profile, 'signingType', signingType);
    if (type === 'SES') {
      this.applications.signWithSes(application, personOf(actor));
      return success({ signingRequest: { id: null, state: literal(profile, 'signingState', 'SIGNED') } });
    }
    if (type !== 'CLOUD_NQES') throw new Refusal('noSigningMethod', { signingType });
    return success({ signingRequest: signingRequest(this.applications.sign(application, personOf(actor))) });
  }

  @HrlinkRoute('application.approve', { about: 'an approver agrees', access: 'employee' })
  approve(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const application = this.visible(id, actor);
    this.applications.approve(application, who(actor));
    return this.card(application);
  }

  @HrlinkRoute('application.reject', { about: 'an approver or HR refuses', access: 'any' })
  reject(
    @Param('id') id: string,
    @InputOf('application.reject', commentInput) { comment }: z.output<typeof commentInput>,
    @CurrentActor() actor: Actor,
  ) {
    const application = this.visible(id, actor);
    this.applications.reject(application, who(actor), comment ?? '');
    return this.card(application);
  }

  @HrlinkRoute('application.process', { about: 'HR has done what was asked for' })
  process(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const application = this.visible(id, actor);
    this.applications.process(application, who(actor));
    return this.card(application);
  }

  @HrlinkRoute('application.takeResponsibility', { about: 'HR takes the application over' })
  takeResponsibility(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const application = this.visible(id, actor);
    const own = actor.clientUserId === null ? undefined : this.employees.ofUser(actor.clientUserId)[0];
    this.applications.takeResponsibility(application, own?.id ?? TOKEN_HOLDER);
    return this.card(application);
  }

  @HrlinkRoute('application.printForm', { about: 'stamped PDF', access: 'any' })
  printForm(@Param('id') id: string, @CurrentActor() actor: Actor): WireReply {
    const application = this.visible(id, actor);
    const stamps = application.signers.map(({ id: signer, actionType, signedAtMs }) => ({
      id: signer,
      kind: actionType,
      signedAtMs,
    }));
    return printForm(application.id, application.number, stamps);
  }

  private card(application: Application) {
    return success({ application: this.codec.application(application) });
  }

  private visible(id: string, actor: Actor): Application {
    const application = found(this.store.byId(id), 'application');
    const isParticipant = application.signers.some(({ clientUserId }) => clientUserId === actor.clientUserId);
    return found(actor.isHr || isParticipant ? application : undefined, 'application');
  }
}

function who(actor: Actor): Who {
  return { clientUserId: actor.clientUserId, asHr: actor.isHr };
}
