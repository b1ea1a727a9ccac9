import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Journal, jsonOf, Logger, OutgoingHttp } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';

const SMS_CALL = 'smsc.send';

/** Sends texts through the SMS gateway, dialect of smsc.ru. */
@Injectable()
export class SmsSender {
  constructor(
    private readonly outgoing: OutgoingHttp,
    private readonly journal: Journal,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {}

  /** Hands the text over; never throws: the employee whose text is lost asks for another one. */
  async send(phone: string, text: string): Promise<void> {
    const problem = await this.attempt(phone, text);
    this.journal.note('kontur.sms', problem === undefined ? 'reply' : 'fail', { phone, problem });
    if (problem !== undefined) this.logger.warn('sms.not-sent', { problem });
  }

  /** Undefined when the gateway took the text. */
  private async attempt(phone: string, text: string): Promise<string | undefined> {
    const { smsUrl, smsLogin: login, smsPassword: psw, smsSender: sender } = this.config;
    const form = new URLSearchParams({ login, psw, phones: phone, mes: text, sender, fmt: '3', charset: 'utf-8' });
    try {
      const reply = await this.outgoing.call({
        name: SMS_CALL,
        method: 'POST',
        url: `${smsUrl}/sys/send.php`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      });
      // The gateway answers errors with status 200 too.
      const answer = jsonOf(SMS_CALL, reply) as { error?: unknown; error_code?: unknown } | null;
      const isTaken = reply.status === 200 && answer?.error_code === undefined;
      return isTaken ? undefined : `status ${reply.status}, error ${String(answer?.error_code)}`;
    } catch (failure) {
      return failure instanceof Error ? failure.message : String(failure);
    }
  }
}
