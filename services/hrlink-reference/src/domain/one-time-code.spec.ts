import { allowResend, issueCode, newChallenge, useCode } from './one-time-code.js';
import { Refusal } from './refusal.js';

const RULES = { length: 4, ttlMs: 300_000, attempts: 3, resendAfterMs: 60_000 };

function refusal(action: () => void): Refusal | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error as Refusal;
  }
}

describe('one-time code', () => {
  it('is good once', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '1234', 0);
    useCode(challenge, '1234', 1000);
    expect(refusal(() => useCode(challenge, '1234', 1001))).toMatchObject({ refusal: 'codeExpired' });
  });

  it('expires after its life', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '1234', 0);
    expect(refusal(() => useCode(challenge, '1234', 300_000))).toMatchObject({ refusal: 'codeExpired' });
    expect(refusal(() => useCode(challenge, '1234', 299_999))).toBeUndefined();
  });

  it('says expired for a superseded code and wrong for an unknown one', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '1111', 0);
    issueCode(challenge, '2222', 60_000);
    expect(refusal(() => useCode(challenge, '1111', 61_000))).toMatchObject({ refusal: 'codeExpired' });
    expect(refusal(() => useCode(challenge, '3333', 61_000))).toMatchObject({
      refusal: 'wrongCode',
      data: { attemptsLeft: 1 },
    });
    expect(refusal(() => useCode(challenge, '2222', 61_000))).toBeUndefined();
  });

  it('is dead after the last attempt, even for the right code; a new code revives it', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '1111', 0);
    const entries = ['0', '0', '0', '1111'].map((code) => refusal(() => useCode(challenge, code, 1000))?.refusal);
    expect(entries).toEqual(['wrongCode', 'wrongCode', 'attemptsExhausted', 'attemptsExhausted']);
    issueCode(challenge, '2222', 60_000);
    expect(refusal(() => useCode(challenge, '2222', 60_001))).toBeUndefined();
  });

  it('may be sent again after a minute only, with the seconds left', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '1111', 0);
    expect(refusal(() => issueCode(challenge, '2222', 15_500))).toMatchObject({
      refusal: 'resendTooEarly',
      data: { retryAfterSeconds: 45 },
    });
    issueCode(challenge, '2222', 60_000);
  });

  it('may be sent again at once when it never left, and stays valid in case it did', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '1111', 0);
    allowResend(challenge);
    expect(refusal(() => useCode(challenge, '1111', 10))).toBeUndefined();
    issueCode(challenge, '2222', 20);
    expect(refusal(() => issueCode(challenge, '3333', 30))).toMatchObject({ refusal: 'resendTooEarly' });
  });

  it('is nowhere in the object', () => {
    const challenge = newChallenge(RULES);
    issueCode(challenge, '8461', 0);
    expect(JSON.stringify(challenge)).not.toContain('8461');
  });

  it('cannot be confirmed before one was issued', () => {
    expect(refusal(() => useCode(newChallenge(RULES), '', 0))).toMatchObject({ refusal: 'codeExpired' });
  });
});
