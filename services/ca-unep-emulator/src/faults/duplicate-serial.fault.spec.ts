import { Exchange } from '@poligon/emulator-kit';
import { DuplicateSerialFault } from './duplicate-serial.fault.js';

describe('duplicate-serial', () => {
  const fault = new DuplicateSerialFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('duplicate-serial'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
