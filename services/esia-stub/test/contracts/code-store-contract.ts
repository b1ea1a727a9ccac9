import type { EngineUnderTest } from '@poligon/testing';
import { inMemory } from './in-memory.js';
import type { CodeGrant } from '../../src/domain/grant.js';
import type { CodeStore } from '../../src/state/code.store.js';

const grant: CodeGrant = {
  clientId: 'X',
  personIndex: 1,
  scopes: ['openid'],
  orgScopes: [],
  grantedAtMs: 1,
  hasPermissions: false,
  sid: 's',
  authTimeMs: 1,
  isOffline: false,
  isTrusted: true,
  redirectUri: 'https://a.test/',
  codeChallenge: undefined,
};

/** What every store of codes does. `make` gets the bound on codes. */
export function codeStoreContract(engine: EngineUnderTest, make: (limit: number) => CodeStore): void {
  const setUp = (limit = 100) => {
    const { clock } = engine;
    return { clock, store: make(limit) };
  };

  it('gives a fresh code once, however many ask at the same time', async () => {
    const { clock, store } = setUp();
    await store.issue('k', grant, clock.nowMs() + 1000);
    expect(await store.find('k')).toEqual({ state: 'fresh', grant });
    const states = await Promise.all([store.redeem('k'), store.redeem('k'), store.redeem('k')]);
    expect(states.filter(({ state }) => state === 'fresh')).toEqual([{ state: 'fresh', grant }]);
    expect(await store.find('k')).toEqual({ state: 'used' });
  });

  it('tells expired from unknown', async () => {
    const { clock, store } = setUp();
    await store.issue('k', grant, clock.nowMs() + 1000);
    await clock.advance(1000);
    expect(await store.find('k')).toEqual({ state: 'expired' });
    expect(await store.redeem('k')).toEqual({ state: 'expired' });
    expect(await store.find('other')).toEqual({ state: 'unknown' });
    expect(await store.redeem('other')).toEqual({ state: 'unknown' });
  });

  inMemory(engine)('keeps to its bound and drops the oldest', async () => {
    const { clock, store } = setUp(3);
    for (const key of ['a', 'b', 'c', 'd']) await store.issue(key, grant, clock.nowMs() + 1000);
    expect(await store.count()).toBe(3);
    expect((await store.find('a')).state).toBe('unknown');
    expect((await store.find('d')).state).toBe('fresh');
  });
}
