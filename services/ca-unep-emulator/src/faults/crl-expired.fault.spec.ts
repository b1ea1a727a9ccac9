import { Exchange } from '@poligon/emulator-kit';
import { CrlExpiredFault } from './crl-expired.fault.js';

describe('crl-expired', () => {
  const fault = new CrlExpiredFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'pki.crl', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('crl-expired'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
