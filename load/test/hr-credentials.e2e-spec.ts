import { createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { loadProfile } from '@poligon/hrlink-api';
import { Agent } from 'undici';
import { CallMeter } from '../src/hrlink/call-meter.js';
import { openHrSession } from '../src/hrlink/hr-credentials.js';
import { HrlinkCaller } from '../src/hrlink/hrlink-caller.js';
import { HrlinkTransport } from '../src/hrlink/hrlink-transport.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { FakeHrlink, FakeRefusal } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';

describe('credentials of HR', () => {
  const dispatcher = new Agent();
  const clock = new SystemClock();
  let hrlink: FakeHrlink;
  let transport: HrlinkTransport;

  beforeEach(async () => {
    hrlink = await new FakeHrlink(new FakeInbox()).start();
    const meter = new CallMeter();
    transport = new HrlinkTransport({ dispatcher, url: hrlink.url, profile: loadProfile(), meter, clock });
  });
  afterEach(() => hrlink.stop());
  afterAll(() => dispatcher.destroy());

  it('sends a permanent token as it is', async () => {
    const session = await openHrSession('t', transport, clock);
    expect(session.headers()).toEqual({ 'User-Api-Token': 't' });
  });

  it('logs in and keeps the cookie', async () => {
    const session = await openHrSession({ kind: 'login', login: 'hr', password: 'hr-password' }, transport, clock);
    expect(session.headers()).toEqual({ cookie: 'sessionId=hr' });
    const wrong = openHrSession({ kind: 'login', login: 'hr', password: 'x' }, transport, clock);
    await expect(wrong).rejects.toThrow('login 500 11.000');
  });

  it('obtains a master token for a signed JWT, acts for a user, and renews it when it has expired', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const integrator = { kind: 'master' as const, id: 'i', issuer: 'portal', privateKeyPem, impersonated: 'hr-1' };
    const session = await openHrSession(integrator, transport, clock);
    const headers = session.headers();
    expect(headers).toMatchObject({ 'Impersonated-User-Id': 'hr-1', 'Impersonated-User-Id-Type': 'EXTERNAL_ID' });
    const [head, claims, signature] = headers['Master-Api-Token']!.replace('master of Bearer ', '').split('.');
    const isSigned = createVerify('RSA-SHA256').update(`${head}.${claims}`);
    expect(isSigned.verify(createPublicKey(privateKeyPem), signature!, 'base64url')).toBe(true);
    const said = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Record<string, number>;
    expect(said).toMatchObject({ iss: 'portal', sub: 'i', aud: 'esa.hr-link.ru' });
    expect(said['exp']! - said['nbf']!).toBeLessThanOrEqual(600);
    hrlink.refusals.push({ op: 'currentUser', refusal: new FakeRefusal(401, '11.006') });
    await new HrlinkCaller(transport, session, 'client-1').call('currentUser');
    expect(hrlink.count('masterTokens.create')).toBe(2);
  });

  it.each([
    [
      'login',
      new FakeRefusal(401, '11.001'),
      'HRLink no longer takes the login (login 401 11.001): its password or account was changed',
    ],
    [
      'login',
      new FakeRefusal(500, '11.000'),
      'HRLink no longer takes the login (login 500 11.000): its password or account was changed',
    ],
    [
      'masterTokens.create',
      new FakeRefusal(403, '11.007'),
      'HRLink no longer gives master tokens (masterTokens.create 403 11.007): the key or its rights were withdrawn',
    ],
    ['login', new FakeRefusal(503, '90.503'), undefined],
  ] as const)('says once and for all that %s is refused: %o', async (op, refusal, words) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const integrator = { kind: 'master' as const, id: 'i', issuer: 'portal', privateKeyPem, impersonated: 'hr-1' };
    const login = { kind: 'login' as const, login: 'hr', password: 'hr-password' };
    let refused: string | undefined;
    const session = await openHrSession(
      op === 'login' ? login : integrator,
      transport,
      clock,
      (reason) => (refused = reason),
    );
    const caller = new HrlinkCaller(transport, session, 'client-1');
    hrlink.refusals.push({ op: 'currentUser', refusal: new FakeRefusal(401, '11.006') });
    await caller.call('currentUser');
    expect(refused).toBeUndefined();
    hrlink.refusals.push({ op: 'currentUser', refusal: new FakeRefusal(401, '11.006') });
    hrlink.broken.set(op, refusal);
    await expect(caller.call('currentUser')).rejects.toThrow(op);
    expect(refused).toBe(words);
  });
});
