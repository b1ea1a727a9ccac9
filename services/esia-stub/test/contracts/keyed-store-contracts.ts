import type { EngineUnderTest } from '@poligon/testing';
import { inMemory } from './in-memory.js';
import type { AuthorizationRequest, Grant } from '../../src/domain/grant.js';
import type { ConsentStore } from '../../src/state/consent.store.js';
import type { LoginRuleStore } from '../../src/state/login-rule.store.js';
import type { PendingLoginStore } from '../../src/state/pending-login.store.js';
import type { RefreshTokenStore } from '../../src/state/refresh-token.store.js';
import type { Session, SessionStore } from '../../src/state/session.store.js';

/** Makes a store with a bound, which memory alone keeps. */
type Make<S> = (limit: number) => S;

function setUp<S>(
  { clock }: EngineUnderTest,
  make: Make<S>,
  limit = 100,
): { clock: EngineUnderTest['clock']; store: S } {
  return { clock, store: make(limit) };
}

const request: AuthorizationRequest = {
  clientId: 'X',
  redirectUri: 'https://a.test/',
  scopes: ['openid'],
  state: 'S',
  isOffline: false,
  filter: { personFilter: undefined, objectTypes: [], roles: [] },
  orgScopes: [],
  permissions: [],
  prompts: [],
  nonce: undefined,
  codeChallenge: undefined,
};
const grant: Grant = {
  clientId: 'X',
  personIndex: 1,
  scopes: [],
  sid: 's',
  authTimeMs: 1,
  grantedAtMs: 1,
  orgScopes: [],
  hasPermissions: false,
  isOffline: true,
  isTrusted: true,
};
const session = (id: string): Session => ({ id, sid: `sid-${id}`, personIndex: 1, authTimeMs: 1 });

/** What every store of pending logins does. */
export function pendingLoginStoreContract(engine: EngineUnderTest, make: Make<PendingLoginStore>): void {
  it('keeps a request until it is finished, once', async () => {
    const { clock, store } = setUp(engine, make);
    await store.put('a', request, clock.nowMs() + 1000);
    expect(await store.find('a')).toEqual(request);
    expect([await store.finish('a'), await store.finish('a')]).toEqual([true, false]);
    expect(await store.find('a')).toBeUndefined();
  });

  it('forgets a request when its time is over', async () => {
    const { clock, store } = setUp(engine, make);
    await store.put('a', request, clock.nowMs() + 1000);
    await clock.advance(1000);
    expect([await store.find('a'), await store.finish('a')]).toEqual([undefined, false]);
  });

  inMemory(engine)('keeps to its bound and drops the oldest', async () => {
    const { clock, store } = setUp(engine, make, 2);
    for (const id of ['a', 'b', 'c']) await store.put(id, request, clock.nowMs() + 1000);
    expect([await store.count(), await store.find('a')]).toEqual([2, undefined]);
  });
}

/** What every store of sessions does. */
export function sessionStoreContract(engine: EngineUnderTest, make: Make<SessionStore>): void {
  it('finds a session until it ends or its time is over', async () => {
    const { clock, store } = setUp(engine, make);
    await store.open(session('a'), clock.nowMs() + 1000);
    await store.open(session('b'), clock.nowMs() + 1000);
    expect(await store.find('a')).toEqual(session('a'));
    expect([await store.end('a'), await store.end('a')]).toEqual([true, false]);
    expect(await store.find('a')).toBeUndefined();
    await clock.advance(1000);
    expect(await store.find('b')).toBeUndefined();
  });

  inMemory(engine)('keeps to its bound and drops the oldest', async () => {
    const { clock, store } = setUp(engine, make, 2);
    for (const id of ['a', 'b', 'c']) await store.open(session(id), clock.nowMs() + 1000);
    expect([await store.count(), await store.find('a')]).toEqual([2, undefined]);
  });
}

/** What every store of refresh tokens does. */
export function refreshTokenStoreContract(engine: EngineUnderTest, make: Make<RefreshTokenStore>): void {
  it('gives the grant once, however many ask at the same time', async () => {
    const { clock, store } = setUp(engine, make);
    await store.issue('t', grant, clock.nowMs() + 1000);
    expect(await store.find('t')).toEqual(grant);
    const grants = await Promise.all([store.redeem('t'), store.redeem('t')]);
    expect(grants.filter((found) => found !== undefined)).toEqual([grant]);
    expect(await store.find('t')).toBeUndefined();
  });

  it('forgets a token when its time is over', async () => {
    const { clock, store } = setUp(engine, make);
    await store.issue('t', grant, clock.nowMs() + 1000);
    await clock.advance(1000);
    expect(await store.redeem('t')).toBeUndefined();
  });

  inMemory(engine)('keeps to its bound', async () => {
    const { clock, store } = setUp(engine, make, 2);
    for (const token of ['a', 'b', 'c']) await store.issue(token, grant, clock.nowMs() + 1000);
    expect(await store.count()).toBe(2);
  });
}

/** What every store of consents does. */
export function consentStoreContract(engine: EngineUnderTest, make: Make<ConsentStore>): void {
  const consent = (scopes: readonly string[], personIndex = 1) => ({ personIndex, clientId: 'X', scopes });

  it('covers what was agreed to, at once or one by one', async () => {
    const { store } = setUp(engine, make);
    await store.give(consent(['a']));
    await store.give(consent(['b']));
    expect(await store.covers(consent(['a', 'b']))).toBe(true);
    expect(await store.covers(consent(['a', 'c']))).toBe(false);
    expect(await store.covers(consent(['a'], 2))).toBe(false);
  });

  it('covers nothing after withdrawal', async () => {
    const { store } = setUp(engine, make);
    await store.give(consent(['a']));
    expect([await store.withdraw(1, 'X'), await store.withdraw(1, 'X')]).toEqual([true, false]);
    expect(await store.covers(consent(['a']))).toBe(false);
  });

  inMemory(engine)('keeps to its bound and drops the oldest', async () => {
    const { store } = setUp(engine, make, 2);
    for (const person of [1, 2, 3]) await store.give(consent(['a'], person));
    expect([await store.count(), await store.covers(consent(['a'], 1))]).toEqual([2, false]);
  });
}

/** What every store of pre-authorised logins does. */
export function loginRuleStoreContract(engine: EngineUnderTest, make: Make<LoginRuleStore>): void {
  it('finds, replaces and removes a rule by state', async () => {
    const { store } = setUp(engine, make);
    await store.put({ state: 's', personIndex: 1 });
    await store.put({ state: 's', personIndex: 2 });
    expect(await store.find('s')).toEqual({ state: 's', personIndex: 2 });
    expect([await store.remove('s'), await store.remove('s')]).toEqual([true, false]);
    expect(await store.find('s')).toBeUndefined();
  });

  inMemory(engine)('keeps to its bound and drops the oldest', async () => {
    const { store } = setUp(engine, make, 2);
    for (const state of ['a', 'b', 'c']) await store.put({ state, personIndex: 1 });
    expect((await store.list()).map(({ state }) => state)).toEqual(['b', 'c']);
  });
}
