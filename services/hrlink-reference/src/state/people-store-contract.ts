import type { ClientUser, Employee } from '../domain/client-user.js';
import type { ClientUserStore, EmployeeStore } from './people.store.js';

const user = (id: string, more: Partial<ClientUser> = {}): ClientUser =>
  ({ id, externalId: null, phone: null, email: null, invitation: null, ...more }) as ClientUser;
const employee = (id: string, more: Partial<Employee> = {}): Employee =>
  ({ id, externalId: null, clientUserId: 'u', legalEntityId: 'le', ...more }) as Employee;

/** What every ClientUserStore keeps; `make` gives an empty one for at most `limit` persons. */
export function clientUserStoreContract(make: (limit: number) => ClientUserStore): void {
  it('finds a person by id, externalId, phone, e-mail and invitation', () => {
    const store = make(10);
    const invitation = { token: 't', sentAtMs: 0, isNqesChosen: false };
    const one = user('a', { externalId: 'x', phone: '79000000001', email: 'a@b.cc', invitation });
    store.save(one);
    const found = [
      store.byId('a'),
      store.byExternalId('x'),
      store.byLogin('79000000001'),
      store.byLogin('a@b.cc'),
      store.byInvitation('t'),
    ];
    for (const each of found) expect(each).toBe(one);
    expect(store.byLogin('79000000002')).toBeUndefined();
  });

  it('forgets a phone and an invitation that were replaced', () => {
    const store = make(10);
    const one = user('a', { phone: '1', invitation: { token: 'old', sentAtMs: 0, isNqesChosen: false } });
    store.save(one);
    one.phone = '2';
    one.invitation = { token: 'new', sentAtMs: 1, isNqesChosen: false };
    store.save(one);
    expect([store.byLogin('1'), store.byInvitation('old')]).toEqual([undefined, undefined]);
    expect([store.byLogin('2'), store.byInvitation('new')]).toEqual([one, one]);
  });

  it('refuses people beyond its bound and lists in order of adding', () => {
    const store = make(2);
    store.save(user('a'));
    store.save(user('b'));
    expect(() => store.save(user('c'))).toThrow('overload');
    expect(Array.from(store.list(), ({ id }) => id)).toEqual(['a', 'b']);
  });
}

/** What every EmployeeStore keeps. */
export function employeeStoreContract(make: (limit: number) => EmployeeStore): void {
  it('tells one externalId in two legal entities apart', () => {
    const store = make(10);
    store.save(employee('a', { externalId: 'x', legalEntityId: 'one' }));
    store.save(employee('b', { externalId: 'x', legalEntityId: 'two' }));
    expect(store.byExternalId('x', 'two')?.id).toBe('b');
    expect(store.byExternalId('x')?.id).toBe('a');
    expect(store.byExternalId('x', 'three')).toBeUndefined();
  });

  it('lists all employees of a person', () => {
    const store = make(10);
    store.save(employee('a'));
    store.save(employee('b', { clientUserId: 'other' }));
    store.save(employee('c'));
    expect(store.ofUser('u').map(({ id }) => id)).toEqual(['a', 'c']);
    expect(store.ofUser('nobody')).toEqual([]);
    expect(Array.from(store.list(), ({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
}
