import type { FaultRuleStore, StoredRule } from '@poligon/emulator-kit';

/** A rule for the contract; fields given win. */
export function ruleFixture(fields: Partial<StoredRule> = {}): StoredRule {
  return {
    id: 'slow',
    fault: 'latency',
    operations: ['parrot.*'],
    probability: 1,
    options: { distribution: 'fixed', ms: 10 },
    setAtMs: 1000,
    setBy: 'test',
    revision: 'r1',
    ...fields,
  };
}

/** What every implementation of FaultRuleStore must do. */
export function describeFaultRuleStore(name: string, open: () => Promise<FaultRuleStore>): void {
  describe(`${name} as a fault rule store`, () => {
    const ids = async (store: FaultRuleStore) => (await store.list()).map(({ id }) => id);

    it('lists rules in id order, as they were put', async () => {
      const store = await open();
      await store.put([ruleFixture({ id: 'b' }), ruleFixture({ id: 'a', note: 'first' })]);
      expect(await store.list()).toEqual([ruleFixture({ id: 'a', note: 'first' }), ruleFixture({ id: 'b' })]);
    });

    it('replaces a rule with the same id', async () => {
      const store = await open();
      await store.put([ruleFixture()]);
      await store.put([ruleFixture({ revision: 'r2' })]);
      expect(await store.list()).toMatchObject([{ id: 'slow', revision: 'r2' }]);
    });

    it('removes rules and tells which were there', async () => {
      const store = await open();
      await store.put([ruleFixture({ id: 'a' }), ruleFixture({ id: 'b' })]);
      expect(await store.remove(['a', 'c'])).toEqual(['a']);
      expect(await ids(store)).toEqual(['b']);
    });

    it('makes a list the only rules', async () => {
      const store = await open();
      await store.put([ruleFixture({ id: 'a' })]);
      await store.replace([ruleFixture({ id: 'b' })]);
      expect(await ids(store)).toEqual(['b']);
      await store.replace([]);
      expect(await ids(store)).toEqual([]);
    });
  });
}
