import { exchangeFixture, ruleOf, trial } from '../../test/fault-trial.js';
import { LatencyFault } from './latency.fault.js';

describe('latency', () => {
  it('adds to what other rules added', () => {
    const exchange = exchangeFixture();
    const slow = ruleOf(new LatencyFault(), { ms: 40 });
    void slow(exchange);
    void slow(exchange);
    expect(exchange).toMatchObject({ intendedMs: 80, injectedMs: 80 });
  });

  it.each([{ ms: -1 }, { ms: 3_600_001 }, { distribution: 'normal', p50Ms: 5 }, { distribution: 'weird' }, {}])(
    'refuses %j',
    (options) => {
      expect(() => trial(new LatencyFault(), options)).toThrow();
    },
  );
});
