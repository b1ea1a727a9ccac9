import { Draw, Exchange } from '@poligon/emulator-kit';
import { IssueDelayTailFault } from './issue-delay-tail.fault.js';

describe('issue-delay-tail', () => {
  const fault = new IssueDelayTailFault();
  const hintOf = (given: object, seed: number): unknown => {
    const exchange = new Exchange({ operation: 'astral.usig-reg-request', receivedAtMs: 0 });
    fault.apply(exchange, fault.options.parse(given), new Draw().aim(seed));
    return exchange.hinted(fault.name);
  };

  it('hints the milliseconds to add, without touching the answer itself', () => {
    const exchange = new Exchange({ operation: 'astral.usig-reg-request', receivedAtMs: 0 });
    fault.apply(exchange, fault.options.parse({ ms: 1500 }), new Draw().aim(1));
    expect([exchange.hinted(fault.name), exchange.intendedMs, exchange.isDecided]).toEqual([1500, 0, false]);
  });

  it('draws from a distribution, the same for the same draw', () => {
    const spread = { distribution: 'lognormal', p50Ms: 1000, p95Ms: 9000 };
    expect(hintOf(spread, 1)).toBe(hintOf(spread, 1));
    expect(hintOf(spread, 1)).not.toBe(hintOf(spread, 2));
  });
});
