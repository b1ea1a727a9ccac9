import { Exchange } from '@poligon/emulator-kit';
import { CertUntrustedIssuerFault } from './cert-untrusted-issuer.fault.js';

describe('cert-untrusted-issuer', () => {
  const fault = new CertUntrustedIssuerFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-untrusted-issuer'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
