import { Exchange } from '@poligon/emulator-kit';
import { CrlUnavailableFault } from './crl-unavailable.fault.js';

describe('crl-unavailable', () => {
  const fault = new CrlUnavailableFault();

  it('answers with an error of the protocol', () => {
    const exchange = new Exchange({ operation: 'pki.crl', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(exchange.isDecided).toBe(true);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
