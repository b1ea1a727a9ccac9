import { Exchange } from '@poligon/emulator-kit';
import { OcspWrongResponderFault } from './ocsp-wrong-responder.fault.js';

describe('ocsp-wrong-responder', () => {
  const fault = new OcspWrongResponderFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'ocsp.post', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('ocsp-wrong-responder'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
