import type { EngineUnderTest } from '@poligon/testing';
import { makeTokenKey } from '../../src/domain/token-key.js';
import { readClientCertificate } from '../../src/domain/client-certificate.js';
import type { Client } from '../../src/domain/client.js';
import type { CodeGrant } from '../../src/domain/grant.js';
import { KeptClientStore } from '../../src/state/kept-client.store.js';
import { KeptCodeStore } from '../../src/state/kept-code.store.js';
import { KeptRefreshTokenStore } from '../../src/state/kept-refresh-token.store.js';
import { KeptRevocationStore } from '../../src/state/kept-revocation.store.js';
import { KeptTokenKeyStore } from '../../src/state/kept-token-key.store.js';
import { makeIdentity } from '../information-system.js';

const LIMITS = { maxOpen: 1000, maxClients: 10 };
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

/** What two replicas on one database owe each other. */
export function replicaContract(engine: EngineUnderTest): void {
  it('redeem a code once between them, however many ask at both', async () => {
    const replicas = [1, 2].map(() => new KeptCodeStore(LIMITS, engine.replica(), engine.clock));
    const keys = Array.from({ length: 50 }, (_, at) => `code ${at}`);
    for (const key of keys) await replicas[0]!.issue(key, grant, engine.clock.nowMs() + 1000);
    const calls = keys.flatMap((key) => replicas.flatMap((store) => [store.redeem(key), store.redeem(key)]));
    const fresh = (await Promise.all(calls)).filter(({ state }) => state === 'fresh');
    expect(fresh).toHaveLength(keys.length);
    expect(await replicas[1]!.find(keys[0]!)).toEqual({ state: 'used' });
  });

  it('redeem a refresh token once between them', async () => {
    const replicas = [1, 2].map(() => new KeptRefreshTokenStore(LIMITS, engine.replica()));
    await replicas[0]!.issue('token', grant, engine.clock.nowMs() + 1000);
    const grants = await Promise.all([...replicas, ...replicas].map((store) => store.redeem('token')));
    expect(grants.filter((found) => found !== undefined)).toHaveLength(1);
  });

  it('know of a revocation at once', async () => {
    const [one, other] = [1, 2].map(() => new KeptRevocationStore(LIMITS, engine.replica())) as [
      KeptRevocationStore,
      KeptRevocationStore,
    ];
    expect(await other.find('session s')).toBeUndefined();
    await one.revoke('session s', 5, engine.clock.nowMs() + 1000);
    expect(await other.find('session s')).toBe(5);
  });

  it("read each other's clients with their certificates", async () => {
    const [one, other] = [1, 2].map(() => new KeptClientStore(LIMITS, engine.replica())) as [
      KeptClientStore,
      KeptClientStore,
    ];
    const certificate = readClientCertificate(makeIdentity('gost2012-256').certificatePem);
    const client: Client = {
      mnemonic: 'X',
      certificates: [certificate],
      redirectUris: ['a.test'],
      scopes: ['openid'],
      consentTypes: undefined,
      requestAlgs: ['rsa'],
      generations: ['v3'],
      tokenAlg: 'RS256',
      isOfflineAllowed: true,
      isConsentAutomatic: false,
      loginAs: { phone: '79430000001' },
    };
    await one.put(client);
    await other.ready();
    expect(await other.find('X')).toEqual(client);
  });

  it.each(['RS256', 'GOST3410_2012_256'] as const)('sign with the same %s key', async (algorithm) => {
    const stores = [1, 2].map(() => new KeptTokenKeyStore(engine.replica()));
    const rings = await Promise.all(
      stores.map((store) => {
        const key = makeTokenKey(algorithm, engine.clock.nowMs());
        return store.begin(algorithm, { current: key, next: undefined, previous: [], published: key });
      }),
    );
    expect(rings[0]!.current.certificatePem).toBe(rings[1]!.current.certificatePem);
    const signature = rings[1]!.current.keyPair.sign(Buffer.from('x'));
    const { owner, spki } = rings[0]!.current.keyPair;
    expect(owner.verify(spki, Buffer.from('x'), signature)).toBe(true);
    const next = { key: makeTokenKey(algorithm, engine.clock.nowMs()), atMs: 7 };
    await stores[0]!.put(algorithm, { ...rings[0]!, next });
    await stores[1]!.ready();
    expect(stores[1]!.find(algorithm)!.next).toMatchObject({ atMs: 7 });
    expect(stores[1]!.find(algorithm)!.next!.key.certificatePem).toBe(next.key.certificatePem);
  });
}
