import type { EngineUnderTest } from '@poligon/testing';
import { inMemory } from './in-memory.js';
import type { OrgAccessStore } from '../../src/state/org-access.store.js';
import type { GivenPermissions, PermissionStore } from '../../src/state/permission.store.js';
import { PersonEditStoreFull, type PersonEditStore } from '../../src/state/person-edit.store.js';
import type { RevocationStore } from '../../src/state/revocation.store.js';

/** Makes a store with a bound, which memory alone keeps. */
type Make<S> = (limit: number) => S;

/** What every store of organisations open to clients does. */
export function orgAccessStoreContract(engine: EngineUnderTest, make: Make<OrgAccessStore>): void {
  it('opens an organisation to one client only', async () => {
    const store = make(10);
    await store.open('X', 1);
    expect([await store.isOpen('X', 1), await store.isOpen('X', 2), await store.isOpen('Y', 1)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  inMemory(engine)('keeps to its bound and drops the oldest', async () => {
    const store = make(2);
    for (const orgOid of [1, 2, 3]) await store.open('X', orgOid);
    expect([await store.count(), await store.isOpen('X', 1)]).toEqual([2, false]);
  });
}

/** What every store of digital-profile consents does. */
export function permissionStoreContract(engine: EngineUnderTest, make: Make<PermissionStore>): void {
  const given = (personIndex: number, expiresAtMs: number): GivenPermissions => ({
    personIndex,
    clientId: 'X',
    permissions: [],
    expiresAtMs,
  });

  it('finds a consent until it is withdrawn or over', async () => {
    const { clock } = engine;
    const store = make(10);
    await store.give(given(1, clock.nowMs() + 1000));
    await store.give(given(2, clock.nowMs() + 1000));
    expect(await store.find(1, 'X')).toMatchObject({ personIndex: 1 });
    expect((await store.list(10)).map(({ personIndex }) => personIndex)).toEqual([2, 1]);
    expect([await store.withdraw(1, 'X'), await store.withdraw(1, 'X')]).toEqual([true, false]);
    await clock.advance(1000);
    expect([await store.find(2, 'X'), await store.list(10)]).toEqual([undefined, []]);
  });

  inMemory(engine)('keeps to its bound', async () => {
    const { clock } = engine;
    const store = make(2);
    for (const person of [1, 2, 3]) await store.give(given(person, clock.nowMs() + 1000));
    expect(await store.count()).toBe(2);
  });
}

/** What every store of edits does. */
export function personEditStoreContract(make: Make<PersonEditStore>): void {
  it('keeps, replaces and removes edits', async () => {
    const store = make(10);
    await store.put(1, { inn: '1', editedAtMs: 1 });
    await store.put(1, { inn: '2', editedAtMs: 2 });
    expect(await store.find(1)).toEqual({ inn: '2', editedAtMs: 2 });
    expect(await store.list(10)).toEqual([[1, { inn: '2', editedAtMs: 2 }]]);
    expect([await store.remove(1), await store.remove(1)]).toEqual([true, false]);
  });

  it('refuses more edits than its bound and never drops one', async () => {
    const store = make(1);
    await store.put(1, { editedAtMs: 1 });
    await expect(store.put(2, { editedAtMs: 1 })).rejects.toThrow(PersonEditStoreFull);
    expect(await store.find(1)).toBeDefined();
  });
}

/** What every store of revocations does. */
export function revocationStoreContract(engine: EngineUnderTest, make: Make<RevocationStore>): void {
  it('remembers a revocation as long as it matters', async () => {
    const { clock } = engine;
    const store = make(10);
    await store.revoke('a', 5, clock.nowMs() + 1000);
    expect([await store.find('a'), await store.find('b'), await store.count()]).toEqual([5, undefined, 1]);
    await clock.advance(1000);
    expect(await store.find('a')).toBeUndefined();
  });
}
