import { Exchange } from '@poligon/emulator-kit';
import { OcspStaleFault } from './ocsp-stale.fault.js';

describe('ocsp-stale', () => {
  const fault = new OcspStaleFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'ocsp.post', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('ocsp-stale'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
