import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { OtpRejectedOnceFault } from './otp-rejected-once.fault.js';

describe('otp-rejected-once', () => {
  const fault = new OtpRejectedOnceFault();

  it('leaves its hint to the domain and the answer as it is', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(gatherHints((name) => exchange.hinted(name))).toEqual({ 'otp-rejected-once': true });
    expect([exchange.intendedMs, exchange.isDecided]).toEqual([0, false]);
  });

  it('takes no options', () => {
    expect(fault.options.safeParse({ ms: 1 }).success).toBe(false);
  });
});
