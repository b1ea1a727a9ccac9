import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin, type CancelTimer, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { FaultHints } from '../domain/fault-hints.js';
import type { CodeRules } from '../domain/one-time-code.js';
import { SmsSender } from './sms-sender.js';

const CODE_DIGITS = 6;
const WRONG_CODE_DIGITS = 4;
/** How long after its life a late code arrives, unless the fault says otherwise. */
const LATE_MS = 1000;

/** The authority's own codes: their form, their rules, and their way to the SMS gateway. */
@Injectable()
@ResetOnAdmin()
export class CodePost implements Resettable, OnModuleDestroy {
  private readonly timers = new Set<CancelTimer>();

  constructor(
    private readonly sms: SmsSender,
    private readonly ids: Ids,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {}

  newDigits(hints: FaultHints): string {
    return this.ids.digits(hints['sms-code-wrong-length'] === true ? WRONG_CODE_DIGITS : CODE_DIGITS);
  }

  rules(hints: FaultHints): CodeRules {
    const { codeTtlMs: ttlMs, codeAttempts: tries, codeResendMs: resendMs } = this.config;
    return { ttlMs, tries, resendMs, isFirstRefused: hints['otp-rejected-once'] === true };
  }

  /** Hands the code to the gateway, whose answer is not waited for; nothing is sent to nobody. */
  post(phone: string | undefined, digits: string, hints: FaultHints): void {
    if (hints['sms-code-lost'] === true || phone === undefined) return;
    const send = (): void => void this.sms.send(phone, this.config.smsText.replace('{code}', digits));
    const late = hints['sms-code-late'];
    if (late === undefined) return send();
    const cancel = this.clock.after(late === true ? this.config.codeTtlMs + LATE_MS : late, () => {
      this.timers.delete(cancel);
      send();
    });
    this.timers.add(cancel);
  }

  reset(): void {
    for (const cancel of this.timers) cancel();
    this.timers.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }
}
