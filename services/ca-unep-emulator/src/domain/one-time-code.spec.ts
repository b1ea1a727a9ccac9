import { newCode, phoneMask, tryCode } from './one-time-code.js';

const rules = { ttlMs: 300_000, tries: 3, resendMs: 60_000 };
const sent = newCode('123456', undefined, 1_000_000, rules);

describe('a one-time code', () => {
  it.each([
    [1_299_999, '123456', undefined, 3],
    [1_300_000, '123456', 'code_expired', 3],
    [1_000_001, '654321', 'invalid_code', 2],
  ])('at %i ms judges %s as %s', (nowMs, given, refusal, triesLeft) => {
    const tried = tryCode(sent, given, nowMs, rules);
    expect([tried.refusal?.code, tried.code.triesLeft]).toEqual([refusal, triesLeft]);
  });

  it('is refused although right once the tries are used up', () => {
    const used = [1, 2, 3].reduce((code) => tryCode(code, '0', 1_000_001, rules).code, sent);
    expect(tryCode(used, '123456', 1_000_002, rules).refusal?.code).toBe('too_many_attempts');
  });

  it('may be replaced after the pause only, and the refusal names the seconds left', () => {
    expect(() => newCode('1', sent, 1_059_001, rules)).toThrow('Повторная отправка возможна через 1 с');
    expect(newCode('1', sent, 1_060_000, rules)).toEqual({ code: '1', sentAtMs: 1_060_000, triesLeft: 3 });
  });

  it('shows four digits of the phone', () => {
    expect(phoneMask('79430012345')).toBe('+7 *** ***-23-45');
  });
});
