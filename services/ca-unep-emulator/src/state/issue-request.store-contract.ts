import type { IssueRequest } from '../domain/issue-request.js';
import type { IssueRequestStore } from './issue-request.store.js';

const request = (id: string, change: Partial<IssueRequest> = {}): IssueRequest => ({
  ...{ id, profile: 'astral', tenant: 'default', state: 'ACCEPTED', isHeld: false, hints: {}, subject: undefined },
  applicant: { lastName: 'А', firstName: 'Б', snils: '11223344595', inn: '500100732259', identification: 'ONSITE' },
  ...{ createdAtMs: 1, updatedAtMs: 1 },
  ...change,
});

/** What every IssueRequestStore must do. @param open makes an empty store that keeps at least three requests */
export function issueRequestStoreContract(open: () => IssueRequestStore | Promise<IssueRequestStore>): void {
  let store: IssueRequestStore;

  beforeEach(async () => {
    store = await open();
  });

  it('finds what was added and nothing else', async () => {
    expect(await store.add(request('a'))).toBe(true);
    expect(await store.find('a')).toEqual(request('a'));
    expect(await store.find('b')).toBeUndefined();
  });

  it('refuses a taken id and leaves the first request as it was', async () => {
    await store.add(request('a'));
    expect(await store.add(request('a', { state: 'ISSUED' }))).toBe(false);
    expect((await store.find('a'))?.state).toBe('ACCEPTED');
  });

  it('updates with nothing in between, so that no change is lost', async () => {
    await store.add(request('a', { createdAtMs: 0 }));
    const add = () => store.update('a', (current) => ({ ...current, createdAtMs: current.createdAtMs + 1 }));
    await Promise.all(Array.from({ length: 20 }, add));
    expect((await store.find('a'))?.createdAtMs).toBe(20);
  });

  it('keeps the request when the change throws, and answers undefined for an unknown id', async () => {
    await store.add(request('a'));
    const fail = store.update('a', () => {
      throw new Error('no');
    });
    await expect(fail).rejects.toThrow('no');
    expect(await store.find('a')).toEqual(request('a'));
    expect(await store.update('b', (current) => current)).toBeUndefined();
  });

  it('lists the newest first, of everybody or of one applicant', async () => {
    const { applicant } = request('x');
    await store.add(request('a'));
    await store.add(request('b', { applicant: { ...applicant, snils: '2', phone: '79430000001' } }));
    await store.add(request('c'));
    const ids = async (...query: Parameters<typeof store.recent>) => (await store.recent(...query)).map(({ id }) => id);
    expect(await ids(2)).toEqual(['c', 'b']);
    expect(await ids(9, { snils: '11223344595' })).toEqual(['c', 'a']);
    expect(await ids(9, { phone: '79430000001' })).toEqual(['b']);
    expect(await ids(9, { phone: '7' })).toEqual([]);
  });

  it('forgets everything on clear', async () => {
    await store.add(request('a'));
    await store.clear();
    expect(await store.find('a')).toBeUndefined();
    expect(await store.add(request('a'))).toBe(true);
  });
}
