import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { CaSwitchFault } from './ca-switch.fault.js';

describe('ca-switch', () => {
  const fault = new CaSwitchFault();

  it('leaves its hint to the domain and the answer as it is', () => {
    const exchange = new Exchange({ operation: 'astral.usig-reg-request', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(gatherHints((name) => exchange.hinted(name))).toEqual({ 'ca-switch': true });
    expect([exchange.intendedMs, exchange.isDecided]).toEqual([0, false]);
  });

  it('takes no options', () => {
    expect(fault.options.safeParse({ ms: 1 }).success).toBe(false);
  });
});
