import type { Application } from '../domain/application.js';
import type { ApplicationFilter } from '../domain/application-filter.js';
import type { ApplicationStore } from './application.store.js';

const application = (id: string, more: Partial<Application> = {}): Application =>
  ({
    id,
    typeId: 't',
    employeeId: 'e',
    legalEntityId: 'le',
    departmentId: 'd',
    date: '2026-01-10T00:00:00.000Z',
    createdAtMs: 1,
    signers: [],
    deletedAtMs: null,
    rejectedAtMs: null,
    finishedAtMs: null,
    ...more,
  }) as unknown as Application;

/** What every ApplicationStore keeps; `make` gives an empty one for at most `limit` applications. */
export function applicationStoreContract(make: (limit: number) => ApplicationStore): void {
  const filled = (): ApplicationStore => {
    const store = make(10);
    store.save(application('a', { finishedAtMs: 100 }));
    store.save(application('b', { typeId: 'other', employeeId: 'e2' }));
    store.save(application('c', { date: '2026-03-01T00:00:00.000Z', rejectedAtMs: 7 }));
    return store;
  };

  it.each<[string, Partial<ApplicationFilter>, string[]]>([
    ['nothing', {}, ['c', 'b', 'a']],
    ['an empty list', { typeIds: [] }, ['c', 'b', 'a']],
    ['a type', { typeIds: ['other'] }, ['b']],
    ['ids', { applicationIds: ['a', 'c'] }, ['c', 'a']],
    ['an employee', { employeeIds: ['e2'] }, ['b']],
    ['a status', { statuses: ['REJECTED'] }, ['c']],
    ['the date of finishing', { finished: { fromMs: 100 } }, ['a']],
    ['an end of a range', { finished: { toMs: 99 } }, []],
    ['the application date', { date: { fromMs: Date.parse('2026-02-01') } }, ['c']],
  ])('filters by %s', (_name, filter, expected) => {
    const found = filled().registry({ viewerId: null, ...filter }, 0, 50);
    expect(found.map(({ id }) => id)).toEqual(expected);
  });

  it('pages newest first and counts all ever made', () => {
    const store = filled();
    expect(store.registry({ viewerId: null }, 1, 1).map(({ id }) => id)).toEqual(['b']);
    store.save(application('c'));
    expect(store.count()).toBe(3);
  });

  it('lets finished applications give way', () => {
    const store = make(1);
    store.save(application('a', { finishedAtMs: 1 }));
    store.save(application('b'));
    expect(store.byId('a')).toBeUndefined();
    expect(() => store.save(application('c'))).toThrow('overload');
  });
}
