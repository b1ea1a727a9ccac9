import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@poligon/emulator-kit';
import { SmsGateway } from '../adapters/sms-gateway.js';
import { type CodeChallenge, allowResend, issueCode } from '../domain/one-time-code.js';
import { ClientUserStore } from '../state/people.store.js';
import { Background } from './background.js';

/** One code on its way to a person. */
export interface CodeMessage {
  readonly challenge: CodeChallenge;
  readonly clientUserId: string;
  /** Text of the SMS with the code put in. */
  readonly text: (code: string) => string;
  readonly onSent: () => void;
  /** The gateway did not take it; another code may be asked for at once. */
  readonly onFailed: (reason: string) => void;
}

/** Makes one-time codes and sends them by SMS; the code is nowhere but in that message. */
@Injectable()
export class CodeSender {
  constructor(
    private readonly sms: SmsGateway,
    private readonly users: ClientUserStore,
    private readonly background: Background,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Id of a new request that codes will be sent for. */
  newId(): string {
    return this.ids.uuid();
  }

  /** Issues a new code at once and sends it in the background. Refuses with `resendTooEarly`. */
  send({ challenge, clientUserId, text, onSent, onFailed }: CodeMessage): void {
    const code = this.ids.digits(challenge.rules.length);
    issueCode(challenge, code, this.clock.nowMs());
    const phone = this.users.byId(clientUserId)?.phone ?? null;
    this.background.run('code', async () => {
      try {
        if (phone === null) throw new Error('the person has no phone');
        await this.sms.send(phone, text(code));
        onSent();
      } catch (error) {
        allowResend(challenge);
        onFailed(`code not sent: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  }
}
