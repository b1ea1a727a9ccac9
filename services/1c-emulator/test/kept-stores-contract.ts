import type { EngineUnderTest } from '@poligon/testing';
import { newRun } from '../src/domain/job-run.js';
import { describeExportStore } from '../src/state/export-store-contract.js';
import { describeJobRunStore } from '../src/state/job-run-store-contract.js';
import { KeptExportStore } from '../src/state/kept-export.store.js';
import { KeptJobRunStore } from '../src/state/kept-job-run.store.js';
import { KeptObjectStore } from '../src/state/kept-object.store.js';
import { KeptReceivedStore } from '../src/state/kept-received.store.js';
import { describeObjectStore } from '../src/state/object-store-contract.js';
import { describeReceivedStore } from '../src/state/received-store-contract.js';

/** What the stores of 1C keep on an engine: the contract of each, and that a new process finds everything. */
export function keptStoresContract(engine: EngineUnderTest): void {
  const opened = async <S extends { onModuleInit(): Promise<void> }>(store: S): Promise<S> => {
    await store.onModuleInit();
    return store;
  };
  const objects = (max: number) => opened(new KeptObjectStore(engine.replica(), max, engine.clock));
  const exports = (max: number) => opened(new KeptExportStore(engine.replica(), max));
  const received = (max: number) => opened(new KeptReceivedStore(engine.replica(), max));
  const runs = (max: number) => opened(new KeptJobRunStore(engine.replica(), max));
  describeObjectStore('kept', objects);
  describeExportStore('kept', exports);
  describeReceivedStore('kept', received);
  describeJobRunStore('kept', runs);

  it('gives a new process every written object and every mark of deletion', async () => {
    const before = await objects(10);
    await before.put('Catalog_A', 'k', { values: { Description: 'первый' }, parts: {} });
    await before.put('Catalog_A', 'l', 'deleted');
    const after = await objects(10);
    expect([...after.written('Catalog_A')]).toEqual([...before.written('Catalog_A')]);
  });

  it('shows a replica what another one wrote, and tells of it once', async () => {
    const [one, other] = [await objects(10), await objects(10)];
    const heard: string[] = [];
    other.hear((set, key) => heard.push(`${set} ${key}`));
    await one.put('Catalog_A', 'k', { values: { Description: 'первый' }, parts: {} });
    await other.follow(false);
    expect(other.find('Catalog_A', 'k')).toEqual({ values: { Description: 'первый' }, parts: {} });
    const revision = other.revision();
    await other.follow(false);
    expect([other.revision(), heard]).toEqual([revision, ['Catalog_A k']]);

    await other.put('Catalog_A', 'k', 'deleted');
    await Promise.all([one.follow(false), other.follow(false)]);
    expect([one.find('Catalog_A', 'k'), heard]).toEqual(['deleted', ['Catalog_A k']]);
    await one.clear();
    await other.follow(true);
    expect([other.count(), other.find('Catalog_A', 'k')]).toEqual([0, undefined]);
  });

  it('gives a new process the map of exports, what was taken over and the runs of jobs', async () => {
    const [map, taken, history] = [await exports(10), await received(10), await runs(10)];
    await map.accept('person', ['a', 'b'], { runId: 'r', atMs: 1 });
    await map.complete('person', [{ refKey: 'a', hrlinkId: 'h', error: null }], { runId: 'r', atMs: 2 });
    await taken.add('document', 'd', '2026-01-01T00:00:00Z');
    const run = newRun({ id: 'r', job: 'fetch-documents', trigger: 'admin', startedAt: '2026-01-01T00:00:00.000Z' });
    await history.start(run);

    const again = await exports(10);
    expect(await again.find('a')).toEqual(await map.find('a'));
    expect((await again.totals()).person).toEqual({ accepted: 2, completed: 1, failed: 0, pending: 1, mapped: 1 });
    const takenAgain = await received(10);
    expect([await takenAgain.has('document', 'd'), await takenAgain.newest('document')]).toEqual([
      true,
      '2026-01-01T00:00:00Z',
    ]);
    // nobody finished that run
    expect(await (await runs(10)).find('r')).toMatchObject({ outcome: 'interrupted' });
  });
}
