import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { SmsCodeLateFault } from './sms-code-late.fault.js';

describe('sms-code-late', () => {
  const fault = new SmsCodeLateFault();
  const hintsOf = (given: object) => {
    const exchange = new Exchange({ operation: 'kontur.send-code', receivedAtMs: 0 });
    fault.apply(exchange, fault.options.parse(given));
    return gatherHints((name) => exchange.hinted(name));
  };

  it.each([
    [{ ms: 500 }, 500],
    [{}, true],
  ])('leaves %j to the domain as %j', (given, hint) => {
    expect(hintsOf(given)).toEqual({ 'sms-code-late': hint });
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
