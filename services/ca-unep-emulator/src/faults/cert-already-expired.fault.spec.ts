import { Exchange } from '@poligon/emulator-kit';
import { CertAlreadyExpiredFault } from './cert-already-expired.fault.js';

describe('cert-already-expired', () => {
  const fault = new CertAlreadyExpiredFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-already-expired'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
