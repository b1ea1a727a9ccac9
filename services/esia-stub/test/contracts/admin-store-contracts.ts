import type { EngineUnderTest } from '@poligon/testing';
import { makeTokenKey } from '../../src/domain/token-key.js';
import {
  MAX_SNAPSHOTS,
  PersonSnapshotStoreFull,
  type PersonSnapshotStore,
} from '../../src/state/person-snapshot.store.js';
import type { TokenKeyStore } from '../../src/state/token-key.store.js';

/** What every store of snapshots does. */
export function personSnapshotStoreContract(make: () => PersonSnapshotStore): void {
  const snapshot = (name: string) => ({ name, madeAtMs: 1, edits: [[7, { inn: '1', editedAtMs: 1 }] as const] });

  it('keeps, replaces, lists and removes snapshots', async () => {
    const store = make();
    await store.put(snapshot('a'));
    await store.put({ ...snapshot('a'), madeAtMs: 2 });
    expect(await store.find('a')).toEqual({ ...snapshot('a'), madeAtMs: 2 });
    expect((await store.list()).map(({ name }) => name)).toEqual(['a']);
    expect([await store.remove('a'), await store.remove('a')]).toEqual([true, false]);
  });

  it('refuses one too many and never drops one', async () => {
    const store = make();
    for (let at = 0; at < MAX_SNAPSHOTS; at += 1) await store.put(snapshot(`s${at}`));
    await expect(store.put(snapshot('more'))).rejects.toThrow(PersonSnapshotStoreFull);
    await store.put(snapshot('s3'));
    expect(await store.list()).toHaveLength(MAX_SNAPSHOTS);
  });
}

/** What every store of token keys does. */
export function tokenKeyStoreContract({ clock }: EngineUnderTest, make: () => TokenKeyStore): void {
  it('keeps the first ring it is given until another is put', async () => {
    const store = make();
    await store.ready();
    expect(store.find('RS256')).toBeUndefined();
    const makeRing = () => {
      const key = makeTokenKey('RS256', clock.nowMs());
      return { current: key, next: undefined, previous: [], published: key };
    };
    const [one, other] = [makeRing(), makeRing()];
    expect((await store.begin('RS256', one)).current.certificatePem).toBe(one.current.certificatePem);
    expect((await store.begin('RS256', other)).current.certificatePem).toBe(one.current.certificatePem);
    await store.put('RS256', other);
    expect(store.find('RS256')!.current.certificatePem).toBe(other.current.certificatePem);
  });
}
