import { Exchange } from '@poligon/emulator-kit';
import { SmevDownFault } from './smev-down.fault.js';

describe('smev-down', () => {
  const fault = new SmevDownFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('smev-down'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
