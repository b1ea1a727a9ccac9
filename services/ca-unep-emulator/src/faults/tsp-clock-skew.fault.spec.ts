import { Exchange } from '@poligon/emulator-kit';
import { TspClockSkewFault } from './tsp-clock-skew.fault.js';

describe('tsp-clock-skew', () => {
  const fault = new TspClockSkewFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'tsp.request', receivedAtMs: 0 });
    fault.apply(exchange, { ms: 1500 });
    expect([exchange.hinted('tsp-clock-skew'), exchange.isDecided]).toEqual([1500, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
