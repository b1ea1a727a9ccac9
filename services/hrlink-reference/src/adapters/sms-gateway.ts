import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, jsonOf, OutgoingHttp } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Config } from '../config.js';
import { OutgoingFailure } from './outgoing-failure.js';
import { Retry } from './retry.js';

const answerSchema = z.object({
  id: z.union([z.number(), z.string()]).optional(),
  cnt: z.number().optional(),
  error: z.string().optional(),
  error_code: z.number().optional(),
});

/** SMSC.ru errors that a repetition cannot cure: parameters, credentials, money, number (sms.md 3.1). */
const FINAL_CODES: ReadonlySet<number> = new Set([1, 2, 3, 6, 7, 8]);

/** Sends messages through an SMSC.ru gateway: POST form to /sys/send.php, JSON answer. */
@Injectable()
export class SmsGateway {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly http: OutgoingHttp,
    private readonly retry: Retry,
  ) {}

  /** Resolves when the gateway took the message. @throws OutgoingFailure */
  send(phone: string, text: string): Promise<void> {
    return this.retry.run(() => this.post(phone, text));
  }

  private async post(phone: string, text: string): Promise<void> {
    const form = new URLSearchParams({
      login: this.config.smsLogin,
      psw: this.config.smsPassword,
      phones: phone,
      mes: text,
      sender: this.config.smsSender,
      fmt: '3',
      charset: 'utf-8',
    });
    const reply = await this.http.call({
      name: 'sms.send',
      method: 'POST',
      url: `${this.config.smsUrl}/sys/send.php`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: this.config.outgoingTimeoutMs,
    });
    if (reply.status !== 200) throw new OutgoingFailure(`sms.send: status ${reply.status}`, false);
    const answer = answerSchema.safeParse(jsonOf('sms.send', reply));
    if (!answer.success) throw new OutgoingFailure('sms.send: answer is not that of SMSC.ru', false);
    const { error, error_code: code } = answer.data;
    if (error === undefined) return;
    throw new OutgoingFailure(`sms.send: ${error}`, code !== undefined && FINAL_CODES.has(code), String(code ?? ''));
  }
}
