import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Ids } from '@poligon/emulator-kit';
import { SmsGateway } from '../adapters/sms-gateway.js';
import type { Config } from '../config.js';
import type { ClientUser } from '../domain/client-user.js';
import { found, Refusal, requireState } from '../domain/refusal.js';
import type { Session } from '../domain/session.js';
import { ClientUserStore } from '../state/people.store.js';
import { Background } from './background.js';
import { Chronicle } from './chronicle.js';
import { Logins } from './logins.js';

export interface Acceptance {
  readonly passportLastDigits: string;
  readonly password: string;
}

/** Invitation by SMS link and its acceptance (flow (d) 3–4). */
@Injectable()
export class Invitations {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: ClientUserStore,
    private readonly sms: SmsGateway,
    private readonly logins: Logins,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
    private readonly ids: Ids,
  ) {}

  /** Sends a link. Refuses a repetition within five minutes with 90.435; the earlier link stops working. */
  invite(user: ClientUser, isNqesChosen: boolean): void {
    requireState(user.acceptedAtMs === null, 'accepted');
    const nowMs = this.chronicle.nowMs();
    if (user.invitation !== null) {
      const waitMs = user.invitation.sentAtMs + this.config.inviteResendMs - nowMs;
      if (waitMs > 0) throw new Refusal('inviteTooEarly', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    }
    const { phone } = user;
    if (phone === null) throw new Refusal('nqesDataIncomplete', { missing: ['PHONE'] });
    // Short enough for an SMS link and still not to be guessed.
    const token = this.ids.bytes(12).toString('base64url');
    user.invitation = { token, sentAtMs: nowMs, isNqesChosen };
    this.users.save(user);
    this.chronicle.note(user.id, 'invited');
    this.background.run(
      'invitation',
      () => this.sms.send(phone, `Приглашение в HRlink: https://hrlk.ru/${token}`),
      () => this.takeBack(user, token),
    );
  }

  /** The first login: checks the last four passport digits (90.441), sets the password, opens a session. */
  accept(token: string, { passportLastDigits, password }: Acceptance): { user: ClientUser; session: Session } {
    const user = found(this.users.byInvitation(token), 'invitation');
    requireState(user.acceptedAtMs === null, 'accepted');
    const number = user.passport?.number ?? '';
    if (number.slice(-4) !== passportLastDigits) throw new Refusal('passportDigitsDiffer');
    this.logins.setPassword(user, password);
    user.acceptedAtMs = this.chronicle.nowMs();
    this.users.save(user);
    this.chronicle.note(user.id, 'accepted');
    return { user, session: this.logins.open(user) };
  }

  /** The gateway did not take the SMS: HR may repeat at once. */
  private takeBack(user: ClientUser, token: string): void {
    if (user.invitation?.token !== token || user.acceptedAtMs !== null) return;
    user.invitation = { ...user.invitation, sentAtMs: 0 };
    this.users.save(user);
    this.chronicle.note(user.id, 'invitation not sent');
  }
}
