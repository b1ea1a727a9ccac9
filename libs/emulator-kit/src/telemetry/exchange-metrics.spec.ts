import { exchangeFixture } from '../../test/fault-trial.js';
import { ExchangeMetrics } from './exchange-metrics.js';

async function scraped(metrics: ExchangeMetrics): Promise<string[]> {
  return (await metrics.registry.metrics()).split('\n');
}

describe('exchange metrics', () => {
  it('tell intended, actual and error of delayed replies per operation', async () => {
    const metrics = new ExchangeMetrics();
    const exchange = exchangeFixture();
    exchange.delay(100);
    exchange.fired.push({ id: 'slow', fault: 'latency' });
    metrics.started(exchange);
    metrics.ended(exchange, 'reply', 101.5);
    metrics.started(exchange);
    const lines = await scraped(metrics);
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE poligon_latency_intended_seconds histogram',
        'poligon_exchanges_total{operation="parrot.say",outcome="reply"} 1',
        'poligon_latency_intended_seconds_bucket{operation="parrot.say",le="0.05"} 0',
        'poligon_latency_intended_seconds_bucket{operation="parrot.say",le="0.1"} 1',
        'poligon_exchange_duration_seconds_bucket{operation="parrot.say",le="0.1"} 0',
        'poligon_exchange_duration_seconds_bucket{operation="parrot.say",le="+Inf"} 1',
        'poligon_exchange_duration_seconds_sum{operation="parrot.say"} 0.1015',
        'poligon_latency_error_seconds_bucket{operation="parrot.say",le="0.001"} 0',
        'poligon_latency_error_seconds_bucket{operation="parrot.say",le="0.002"} 1',
        'poligon_latency_error_seconds_count{operation="parrot.say"} 1',
        'poligon_fault_hits_total{rule="slow",fault="latency"} 1',
        'poligon_exchanges_in_flight 1',
      ]),
    );
  });

  it('count a call that needed no exchange like any other', async () => {
    const metrics = new ExchangeMetrics();
    metrics.passed('parrot.say', 'reply', 3);
    expect(await scraped(metrics)).toEqual(
      expect.arrayContaining([
        'poligon_exchanges_total{operation="parrot.say",outcome="reply"} 1',
        'poligon_exchange_duration_seconds_sum{operation="parrot.say"} 0.003',
        'poligon_exchanges_in_flight 0',
      ]),
    );
    const stop = metrics.watch(() => undefined);
    expect(metrics.isWatched).toBe(true);
    stop();
    expect(metrics.isWatched).toBe(false);
  });

  it('do not count a reply that was not to be delayed among the delayed', async () => {
    const metrics = new ExchangeMetrics();
    metrics.started(exchangeFixture());
    metrics.ended(exchangeFixture(), 'reply', 3);
    expect(await scraped(metrics)).toContain('poligon_latency_error_seconds_count{operation="parrot.say"} 0');
  });

  it('do not grow with rules that come and go', async () => {
    const metrics = new ExchangeMetrics();
    for (let at = 0; at < 5000; at += 1) {
      const exchange = exchangeFixture();
      exchange.fired.push({ id: `rule-${at}`, fault: 'latency' });
      metrics.ended(exchange, 'reply', 1);
    }
    expect((await scraped(metrics)).filter((line) => line.startsWith('poligon_fault_hits_total{'))).toHaveLength(2000);
  });
});
