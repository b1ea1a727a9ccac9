import { Exchange } from '@poligon/emulator-kit';
import { CertNotYetValidFault } from './cert-not-yet-valid.fault.js';

describe('cert-not-yet-valid', () => {
  const fault = new CertNotYetValidFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-not-yet-valid'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
