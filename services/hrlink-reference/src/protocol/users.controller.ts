import { Controller, Param } from '@nestjs/common';
import type { WireReply } from '@poligon/emulator-kit';
import { literal, readLiteral } from '@poligon/hrlink-api';
import { z } from 'zod';
import { profile } from '../config.js';
import type { Actor } from '../domain/actor.js';
import type { ClientUser } from '../domain/client-user.js';
import { found, Refusal } from '../domain/refusal.js';
import { Invitations } from '../flow/invitations.js';
import { NqesIssues } from '../flow/nqes-issues.js';
import { PeopleDirectory } from '../flow/people-directory.js';
import { withSession } from './auth.controller.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { InputOf } from './input.decorator.js';
import { nqesIssueRequest, userCertificate } from './nqes.codec.js';
import { success } from './success.js';

const inviteInput = z.object({
  channel: z.string().default('SMS'),
  signingMethods: z.array(z.string()).max(20).nullish(),
});
const acceptInput = z.object({
  passportLastDigits: z.string().max(10),
  consent: z.literal(true, { error: 'must be true' }),
  password: z.string().max(256),
});
const issueInput = z.object({
  identificationType: z.string().default('ONSITE'),
  codeChannel: z.string().default('SMS'),
});

/** Invitation, СМЭВ check, certificates and the start of a УНЭП issue of one person (spec 2.8, flow (d)). */
@Controller()
export class UsersController {
  constructor(
    private readonly people: PeopleDirectory,
    private readonly invitations: Invitations,
    private readonly nqes: NqesIssues,
  ) {}

  @HrlinkRoute('user.invite', { about: 'sends an invitation link by SMS' })
  invite(
    @Param('clientUserId') id: string,
    @InputOf('user.invite', inviteInput) { channel, signingMethods }: z.output<typeof inviteInput>,
  ) {
    if (readLiteral(profile, 'channel', channel) !== 'SMS') throw emailUnsupported('channel');
    const isNqesChosen = (signingMethods ?? []).includes(literal(profile, 'signingType', 'CLOUD_NQES'));
    this.invitations.invite(this.people.user(id), isNqesChosen);
    return success({});
  }

  /** With УНЭП chosen in the invitation HRlink asks for it by itself (flow (d) 5). */
  @HrlinkRoute('invitation.accept', { about: 'first login by the link of the SMS', access: 'public' })
  accept(
    @Param('token') token: string,
    @InputOf('invitation.accept', acceptInput) input: z.output<typeof acceptInput>,
  ): WireReply {
    const { user, session } = this.invitations.accept(token, input);
    const answer = { clientUser: { id: user.id }, nqesIssueRequest: this.autoIssue(user) };
    return withSession(session.id, success(answer));
  }

  @HrlinkRoute('user.smev', { about: 'state of the СМЭВ check' })
  smev(@Param('clientUserId') id: string) {
    return success({ smevCheck: { state: literal(profile, 'smevState', this.people.user(id).smevState) } });
  }

  @HrlinkRoute('user.certificates', { about: 'certificates of a person', access: 'any' })
  certificates(@Param('clientUserId') id: string, @CurrentActor() actor: Actor) {
    const { certificate } = this.own(id, actor);
    return success({ certificates: certificate === null ? [] : [userCertificate(certificate)] });
  }

  @HrlinkRoute('nqes.request', { about: 'starts the issue of a УНЭП', access: 'any' })
  request(
    @Param('clientUserId') id: string,
    @InputOf('nqes.request', issueInput) input: z.output<typeof issueInput>,
    @CurrentActor() actor: Actor,
  ) {
    const identificationType = readLiteral(profile, 'identificationType', input.identificationType);
    if (identificationType === undefined) throw new Refusal('malformedJson', { path: 'identificationType' });
    const codeChannel = readLiteral(profile, 'channel', input.codeChannel);
    if (codeChannel !== 'SMS') throw emailUnsupported('codeChannel');
    const issue = this.nqes.request(this.own(id, actor), { identificationType, codeChannel });
    return success({ nqesIssueRequest: nqesIssueRequest(issue, null) });
  }

  private autoIssue(user: ClientUser) {
    if (user.invitation?.isNqesChosen !== true) return null;
    try {
      return nqesIssueRequest(this.nqes.request(user, { identificationType: 'ONSITE', codeChannel: 'SMS' }), null);
    } catch (error) {
      // Incomplete data must not spoil the first login: HR sees that nothing was issued and asks again.
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** HR acts for anybody; a person for themselves. */
  private own(id: string, actor: Actor): ClientUser {
    return found(actor.isHr || actor.clientUserId === id ? this.people.user(id) : undefined, 'clientUser');
  }
}

function emailUnsupported(path: string): Refusal {
  return new Refusal('malformedJson', { path, reason: 'only SMS is emulated' });
}
