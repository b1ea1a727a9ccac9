import { Exchange } from '@poligon/emulator-kit';
import { CmsTruncatedFault } from './cms-truncated.fault.js';

describe('cms-truncated', () => {
  const fault = new CmsTruncatedFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.sign', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cms-truncated'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
