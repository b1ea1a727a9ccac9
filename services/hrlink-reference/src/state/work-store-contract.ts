import type { Lna } from '../domain/lna.js';
import type { NqesIssue } from '../domain/nqes-issue.js';
import type { LnaStore, NqesIssueStore } from './work.store.js';

/** A store that only saves and gives back by id. */
interface PlainStore<T> {
  save(row: T): void;
  byId(id: string): T | undefined;
}

/** What every store of work in progress keeps: rows by id, those that are over give way, others never. */
export function plainStoreContract<T>(
  make: (limit: number) => PlainStore<T>,
  row: (id: string, isOver: boolean) => T,
): void {
  it('gives back what was saved and lets what is over give way', () => {
    const store = make(2);
    store.save(row('over', true));
    store.save(row('open', false));
    store.save(row('new', false));
    expect([store.byId('over'), store.byId('open'), store.byId('new')].map((one) => one !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
    expect(() => store.save(row('more', false))).toThrow('overload');
  });
}

const issue = (id: string, more: Partial<NqesIssue> = {}): NqesIssue =>
  ({ id, clientUserId: 'u', state: 'ON_CONFIRMATION', caRequestId: null, esiaState: null, ...more }) as NqesIssue;

/** What every NqesIssueStore keeps besides. */
export function nqesIssueStoreContract(make: (limit: number) => NqesIssueStore): void {
  it("finds a person's open issue only", () => {
    const store = make(10);
    store.save(issue('old', { state: 'DECLINED' }));
    expect(store.openOfUser('u')).toBeUndefined();
    const open = issue('open');
    store.save(open);
    expect(store.openOfUser('u')).toBe(open);
    open.state = 'ISSUED';
    expect(store.openOfUser('u')).toBeUndefined();
  });

  it("finds an issue by the authority's request and by ESIA's state", () => {
    const store = make(1);
    store.save(issue('a', { state: 'ISSUED', caRequestId: 'ca', esiaState: 'st' }));
    expect([store.byCaRequest('ca')?.id, store.byEsiaState('st')?.id]).toEqual(['a', 'a']);
    store.save(issue('b'));
    expect([store.byCaRequest('ca'), store.byEsiaState('st')]).toEqual([undefined, undefined]);
  });
}

/** What every LnaStore keeps besides. */
export function lnaStoreContract(make: (limit: number) => LnaStore): void {
  it('finds a ЛНА by externalId until it gave way', () => {
    const store = make(1);
    store.save({ id: 'a', externalId: 'x', state: 'SIGNED' } as Lna);
    expect(store.byExternalId('x')?.id).toBe('a');
    store.save({ id: 'b', externalId: null, state: 'DRAFT' } as Lna);
    expect(store.byExternalId('x')).toBeUndefined();
  });
}
