import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { KeyRolloverFault } from './key-rollover.fault.js';

describe('key-rollover', () => {
  const fault = new KeyRolloverFault();

  it('leaves its hint to the domain and the answer as it is', () => {
    const exchange = new Exchange({ operation: 'astral.usig-reg-request', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(gatherHints((name) => exchange.hinted(name))).toEqual({ 'key-rollover': true });
    expect([exchange.intendedMs, exchange.isDecided]).toEqual([0, false]);
  });

  it('takes no options', () => {
    expect(fault.options.safeParse({ ms: 1 }).success).toBe(false);
  });
});
