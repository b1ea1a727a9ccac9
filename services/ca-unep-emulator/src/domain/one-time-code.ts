import { Refusal } from './refusal.js';

/** A code sent to the employee. Only the newest one of a request is valid. */
export interface OneTimeCode {
  readonly code: string;
  readonly sentAtMs: number;
  readonly triesLeft: number;
  /** The right code was refused once, as a fault asked. */
  readonly wasRefused?: true;
}

export interface CodeRules {
  readonly ttlMs: number;
  readonly tries: number;
  readonly resendMs: number;
  /** The first right code is refused. */
  readonly isFirstRefused?: boolean;
}

/** Takes the place of the previous code. @throws Refusal `resend_too_early` */
export function newCode(code: string, previous: OneTimeCode | undefined, nowMs: number, rules: CodeRules): OneTimeCode {
  const waitMs = previous === undefined ? 0 : previous.sentAtMs + rules.resendMs - nowMs;
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    throw new Refusal('resend_too_early', `Повторная отправка возможна через ${seconds} с`, seconds);
  }
  return { code, sentAtMs: nowMs, triesLeft: rules.tries };
}

/** Outcome of one try; a wrong one costs a try, so the caller keeps `code` before it answers. */
export interface CodeTry {
  readonly code: OneTimeCode;
  readonly refusal: Refusal | undefined;
}

const wrong = (): Refusal => new Refusal('invalid_code', 'Неверный код');

/** Judges what the employee typed. */
export function tryCode(code: OneTimeCode, given: string, nowMs: number, rules: CodeRules): CodeTry {
  if (nowMs - code.sentAtMs >= rules.ttlMs) {
    return { code, refusal: new Refusal('code_expired', 'Срок действия кода истёк') };
  }
  if (code.triesLeft <= 0) {
    return { code, refusal: new Refusal('too_many_attempts', 'Попытки ввода кода исчерпаны') };
  }
  if (code.code === given && (rules.isFirstRefused !== true || code.wasRefused === true)) {
    return { code, refusal: undefined };
  }
  if (code.code === given) return { code: { ...code, wasRefused: true }, refusal: wrong() };
  const left = { ...code, triesLeft: code.triesLeft - 1 };
  return { code: left, refusal: wrong() };
}

/** `+7 *** ***-12-34` */
export const phoneMask = (phone: string): string => `+7 *** ***-${phone.slice(-4, -2)}-${phone.slice(-2)}`;
