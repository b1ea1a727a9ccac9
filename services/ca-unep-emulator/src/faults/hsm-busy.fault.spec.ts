import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { HsmBusyFault } from './hsm-busy.fault.js';

describe('hsm-busy', () => {
  const fault = new HsmBusyFault();

  it('leaves its hint to the domain and the answer as it is', () => {
    const exchange = new Exchange({ operation: 'astral.usig-sign-request', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(gatherHints((name) => exchange.hinted(name))).toEqual({ 'hsm-busy': true });
    expect([exchange.intendedMs, exchange.isDecided]).toEqual([0, false]);
  });

  it('takes no options', () => {
    expect(fault.options.safeParse({ ms: 1 }).success).toBe(false);
  });
});
