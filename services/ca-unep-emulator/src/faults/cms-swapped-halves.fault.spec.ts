import { Exchange } from '@poligon/emulator-kit';
import { CmsSwappedHalvesFault } from './cms-swapped-halves.fault.js';

describe('cms-swapped-halves', () => {
  const fault = new CmsSwappedHalvesFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.sign', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cms-swapped-halves'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
