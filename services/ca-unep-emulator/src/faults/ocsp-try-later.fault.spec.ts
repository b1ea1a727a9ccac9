import { Exchange } from '@poligon/emulator-kit';
import { OcspTryLaterFault } from './ocsp-try-later.fault.js';

describe('ocsp-try-later', () => {
  const fault = new OcspTryLaterFault();

  it('answers with an error of the protocol', () => {
    const exchange = new Exchange({ operation: 'ocsp.post', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(exchange.isDecided).toBe(true);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
