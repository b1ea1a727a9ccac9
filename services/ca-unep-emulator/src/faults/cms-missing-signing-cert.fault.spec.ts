import { Exchange } from '@poligon/emulator-kit';
import { CmsMissingSigningCertFault } from './cms-missing-signing-cert.fault.js';

describe('cms-missing-signing-cert', () => {
  const fault = new CmsMissingSigningCertFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.sign', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cms-missing-signing-cert'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
