import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { SmsCodeWrongLengthFault } from './sms-code-wrong-length.fault.js';

describe('sms-code-wrong-length', () => {
  const fault = new SmsCodeWrongLengthFault();

  it('leaves its hint to the domain and the answer as it is', () => {
    const exchange = new Exchange({ operation: 'kontur.send-code', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(gatherHints((name) => exchange.hinted(name))).toEqual({ 'sms-code-wrong-length': true });
    expect([exchange.intendedMs, exchange.isDecided]).toEqual([0, false]);
  });

  it('takes no options', () => {
    expect(fault.options.safeParse({ ms: 1 }).success).toBe(false);
  });
});
