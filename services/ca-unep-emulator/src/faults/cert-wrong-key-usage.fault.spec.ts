import { Exchange } from '@poligon/emulator-kit';
import { CertWrongKeyUsageFault } from './cert-wrong-key-usage.fault.js';

describe('cert-wrong-key-usage', () => {
  const fault = new CertWrongKeyUsageFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-wrong-key-usage'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
