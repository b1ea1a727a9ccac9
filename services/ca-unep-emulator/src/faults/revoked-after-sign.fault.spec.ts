import { Exchange } from '@poligon/emulator-kit';
import { RevokedAfterSignFault } from './revoked-after-sign.fault.js';

describe('revoked-after-sign', () => {
  const fault = new RevokedAfterSignFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.sign', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('revoked-after-sign'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
