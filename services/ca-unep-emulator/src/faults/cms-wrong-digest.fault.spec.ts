import { Exchange } from '@poligon/emulator-kit';
import { CmsWrongDigestFault } from './cms-wrong-digest.fault.js';

describe('cms-wrong-digest', () => {
  const fault = new CmsWrongDigestFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.sign', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cms-wrong-digest'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
