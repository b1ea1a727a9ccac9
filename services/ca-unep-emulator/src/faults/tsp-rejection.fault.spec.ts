import { Exchange } from '@poligon/emulator-kit';
import { TspRejectionFault } from './tsp-rejection.fault.js';

describe('tsp-rejection', () => {
  const fault = new TspRejectionFault();

  it('answers with an error of the protocol', () => {
    const exchange = new Exchange({ operation: 'tsp.request', receivedAtMs: 0 });
    fault.apply(exchange);
    expect(exchange.isDecided).toBe(true);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
