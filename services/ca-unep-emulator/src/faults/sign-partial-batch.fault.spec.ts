import { Exchange } from '@poligon/emulator-kit';
import { SignPartialBatchFault } from './sign-partial-batch.fault.js';

describe('sign-partial-batch', () => {
  const fault = new SignPartialBatchFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.sign', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('sign-partial-batch'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
