import { Exchange } from '@poligon/emulator-kit';
import { CertWrongKeyFault } from './cert-wrong-key.fault.js';

describe('cert-wrong-key', () => {
  const fault = new CertWrongKeyFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-wrong-key'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
