import { Exchange } from '@poligon/emulator-kit';
import { OcspNonceMismatchFault } from './ocsp-nonce-mismatch.fault.js';

describe('ocsp-nonce-mismatch', () => {
  const fault = new OcspNonceMismatchFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'ocsp.post', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('ocsp-nonce-mismatch'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
