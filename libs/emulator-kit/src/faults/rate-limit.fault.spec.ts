import { FakeClock } from '@poligon/testing';
import fc from 'fast-check';
import { exchangeFixture, parrotCatalogues, ruleOf } from '../../test/fault-trial.js';
import { RateLimitFault } from './rate-limit.fault.js';
import { TokenBuckets } from './token-buckets.js';

const clock = new FakeClock();
const limit = (options: object) => ruleOf(new RateLimitFault(parrotCatalogues, clock), options);

function endings(apply: ReturnType<typeof limit>, clients: readonly string[]) {
  return clients.map((client) => {
    const exchange = exchangeFixture({ client });
    void apply(exchange);
    return exchange.ending;
  });
}

describe('rate-limit', () => {
  it('lets a burst through, refuses the rest in the words of the catalogue, and recovers', async () => {
    const apply = limit({ perSecond: 2, burst: 3 });
    const seen = endings(apply, ['a', 'a', 'a', 'a']);
    expect(seen).toEqual([
      undefined,
      undefined,
      undefined,
      { kind: 'fail', code: 'tired', detail: { retryAfterMs: 500 } },
    ]);
    await clock.advance(500);
    expect(endings(apply, ['a', 'a']).map((ending) => ending?.kind)).toEqual([undefined, 'fail']);
  });

  it('counts clients apart, or together when told to', () => {
    expect(endings(limit({ perSecond: 1 }), ['a', 'b', 'a']).map((ending) => ending?.kind)).toEqual([
      undefined,
      undefined,
      'fail',
    ]);
    expect(endings(limit({ perSecond: 1, per: 'all' }), ['a', 'b']).map((ending) => ending?.kind)).toEqual([
      undefined,
      'fail',
    ]);
  });

  it('answers with the entry or the status it is given', () => {
    expect(endings(limit({ perSecond: 1, code: 'mute' }), ['a', 'a'])[1]).toMatchObject({ kind: 'fail', code: 'mute' });
    expect(endings(limit({ perSecond: 1, status: 429 }), ['a', 'a'])[1]).toEqual({ kind: 'status', status: 429 });
  });

  it('never lets more through than burst and rate allow', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 10 }),
        (pauses, perSecond, burst) => {
          const buckets = new TokenBuckets(perSecond, burst);
          let nowMs = 0;
          let passed = 0;
          for (const pause of pauses) {
            nowMs += pause;
            if (buckets.take('x', nowMs) === 0) passed += 1;
          }
          return passed <= burst + (nowMs / 1000) * perSecond + 1e-6;
        },
      ),
    );
  });
});
