import { Exchange } from '@poligon/emulator-kit';
import { CertNearExpiryFault } from './cert-near-expiry.fault.js';

describe('cert-near-expiry', () => {
  const fault = new CertNearExpiryFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-near-expiry'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
