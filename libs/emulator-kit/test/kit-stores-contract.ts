import { SilentLogger, type EngineUnderTest } from '@poligon/testing';
import { DatabaseCallCounter } from '../src/state/database-call-counter.js';
import { DatabaseFaultRuleStore } from '../src/state/database-fault-rule.store.js';
import { Retention } from '../src/state/retention.js';
import { describeCallCounter } from './call-counter-contract.js';
import { describeFaultRuleStore, ruleFixture } from './fault-rule-store-contract.js';

const LOCAL = new Set(['local']);

/** The kit's own stores on a database. */
export function kitStoresContract(engine: EngineUnderTest): void {
  const rules = (service = 'cuckoo') => new DatabaseFaultRuleStore(engine.database!, service);
  const counter = (service = 'cuckoo') => new DatabaseCallCounter(engine.database!, service, engine.clock, LOCAL);

  describeFaultRuleStore('database', async () => rules());
  describeCallCounter('database', async () => counter());

  it('keeps the rules of each service apart, and one replica sees what another put', async () => {
    await rules().put([ruleFixture({ note: 'nul \0 and \\u0000' })]);
    await rules('parrot').replace([]);
    expect(await rules().list()).toEqual([ruleFixture({ note: 'nul \0 and \\u0000' })]);
    expect(await rules('parrot').list()).toEqual([]);
  });

  it('numbers the calls of all replicas in one row', async () => {
    const [one, two] = [counter(), counter()];
    const asked = Array.from({ length: 200 }, (_, at) => ({ from: at % 2 === 0 ? one : two, key: `person ${at % 5}` }));
    const numbers = await Promise.all(asked.map(async ({ from, key }) => ({ key, number: await from.next('a', key) })));
    for (let person = 0; person < 5; person += 1) {
      const own = numbers.filter(({ key }) => key === `person ${person}`).map(({ number }) => number);
      expect(own.sort((left, right) => left - right)).toEqual(Array.from({ length: 40 }, (_, at) => at));
    }
  });

  it('deletes what is too old or has expired, a part at a time, and nothing else', async () => {
    const store = engine.replica().documents<{ untilMs?: number }>({
      table: 'kit.setting',
      expiresAtMs: ({ untilMs }) => untilMs,
    });
    const old = Array.from({ length: 4500 }, (_, at) => `old ${at}`);
    await Promise.all(old.map((key) => store.put(key, {})));
    await engine.clock.advance(10_000);
    await store.put('expired', { untilMs: engine.clock.nowMs() + 1 });
    await store.put('young', {});
    await engine.clock.advance(1000);
    const retention = new Retention(engine.database!, engine.clock, new SilentLogger());
    retention.add({
      table: 'kit.setting',
      ageColumn: 'changed_at_ms',
      expiryColumn: 'expires_at_ms',
      keepForMs: 5000,
    });
    let deleted: number | undefined;
    void retention.sweep().then((count) => (deleted = count));
    while (deleted === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      await engine.clock.advance(1);
    }
    expect(deleted).toBe(4501);
    expect((await store.list({ limit: 10 })).items.map(({ key }) => key)).toEqual(['young']);
  });

  it('counts local scopes without asking the database', () => {
    const one = counter();
    expect([one.next('local', 'x'), one.next('local', 'x'), counter().next('local', 'x')]).toEqual([0, 1, 0]);
  });
}
