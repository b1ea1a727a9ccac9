import { Exchange } from '@poligon/emulator-kit';
import { OcspUnknownFault } from './ocsp-unknown.fault.js';

describe('ocsp-unknown', () => {
  const fault = new OcspUnknownFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'ocsp.post', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('ocsp-unknown'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
