import type { SigningOperation } from '../domain/signing-operation.js';
import type { SigningOperationStore } from './signing-operation.store.js';

const operation = (id: string): SigningOperation => ({
  ...{ id, profile: 'kontur', tenant: 'default', certificateId: 'c', subject: undefined, hints: {} },
  ...{ documents: [{ id: 'd', digest: Buffer.alloc(32) }], state: 'QUEUED', signatures: [] },
});

/** What every SigningOperationStore must do. @param open makes an empty store that keeps exactly two operations @param isBounded false: one that keeps everything */
export function signingOperationStoreContract(
  open: () => SigningOperationStore | Promise<SigningOperationStore>,
  isBounded = true,
): void {
  let store: SigningOperationStore;

  beforeEach(async () => {
    store = await open();
  });

  it('finds what was added, with its updates', async () => {
    await store.add(operation('a'));
    const signatures = [{ id: 'd', cms: Buffer.from('cms') }];
    expect(await store.update('a', (current) => ({ ...current, state: 'DONE', signatures }))).toBeDefined();
    expect(await store.find('a')).toMatchObject({ state: 'DONE', signatures });
    expect(await store.update('b', (current) => current)).toBeUndefined();
  });

  if (isBounded)
    it('lets the oldest give way beyond its bound', async () => {
      for (const id of ['a', 'b', 'c']) await store.add(operation(id));
      expect(await store.find('a')).toBeUndefined();
      expect(await store.find('c')).toBeDefined();
    });

  it('forgets everything on clear', async () => {
    await store.add(operation('a'));
    await store.clear();
    expect(await store.find('a')).toBeUndefined();
  });
}
