import { Exchange } from '@poligon/emulator-kit';
import { CrlHugeFault } from './crl-huge.fault.js';

describe('crl-huge', () => {
  const fault = new CrlHugeFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'pki.crl', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('crl-huge'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
