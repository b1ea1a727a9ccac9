import { FakeClock } from '@poligon/testing';
import { exchangeFixture, parrotCatalogues, ruleOf } from '../../test/fault-trial.js';
import { ConcurrencyLimitFault } from './concurrency-limit.fault.js';

function setUp(options: object) {
  const clock = new FakeClock();
  const apply = ruleOf(new ConcurrencyLimitFault(parrotCatalogues, clock), options);
  const enter = (client = 'flint') => {
    const exchange = exchangeFixture({ client });
    const pending = apply(exchange);
    return { exchange, pending };
  };
  return { clock, enter };
}

describe('concurrency-limit', () => {
  it('lets so many in, queues so many and refuses the rest at once', () => {
    const { enter } = setUp({ slots: 2, queue: 1 });
    const calls = [enter(), enter(), enter(), enter()];
    expect(calls.map(({ pending }) => pending === undefined)).toEqual([true, true, false, true]);
    expect(calls[3]!.exchange.ending).toEqual({ kind: 'fail', code: 'tired', detail: { reason: 'queue-full' } });
  });

  it('serves the queue in order and counts the wait as latency', async () => {
    const { clock, enter } = setUp({ slots: 1, queue: 5 });
    const first = enter();
    const second = enter();
    const third = enter();
    await clock.advance(70);
    first.exchange.finish();
    await second.pending;
    expect(second.exchange.injectedMs).toBe(70);
    await clock.advance(30);
    second.exchange.finish();
    await third.pending;
    expect(third.exchange).toMatchObject({ injectedMs: 100, isDecided: false });
  });

  it('refuses after the longest wait and keeps the slots right', async () => {
    const { clock, enter } = setUp({ slots: 1, queue: 5, queueTimeoutMs: 50, status: 503 });
    const first = enter();
    const second = enter();
    await clock.advance(50);
    await second.pending;
    expect(second.exchange.ending).toEqual({ kind: 'status', status: 503 });
    second.exchange.finish();
    first.exchange.finish();
    expect(enter().pending).toBeUndefined();
    expect(enter().pending).toBeDefined();
  });

  it('counts clients apart when told to', () => {
    const { enter } = setUp({ slots: 1, per: 'client' });
    expect(['a', 'b', 'a'].map((client) => enter(client).exchange.ending?.kind)).toEqual([
      undefined,
      undefined,
      'fail',
    ]);
  });

  it('takes no slot for a call that is already decided', () => {
    const clock = new FakeClock();
    const apply = ruleOf(new ConcurrencyLimitFault(parrotCatalogues, clock), { slots: 1 });
    const decided = exchangeFixture();
    decided.status(500);
    void apply(decided);
    const next = exchangeFixture();
    void apply(next);
    expect(next.ending).toBeUndefined();
  });
});
