import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Population } from '@poligon/people';
import { FakePortal } from './fake-portal.js';
import { OneCStand } from './one-c.js';

const people = new Population();
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const folder = mkdtempSync(join(tmpdir(), 'poligon-1c-'));
const keyFile = join(folder, 'integrator.pem');
writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

let stand: OneCStand | undefined;
afterEach(async () => {
  await stand?.stop();
  stand = undefined;
});

describe('an integrator’s master token', () => {
  const open = async (environment: Record<string, string> = {}) =>
    (stand = await OneCStand.start({
      ...{
        ONEC_HRLINK_INTEGRATOR_ID: 'int-1',
        ONEC_HRLINK_INTEGRATOR_ISSUER: 'portal',
        ONEC_HRLINK_INTEGRATOR_KEY: keyFile,
      },
      ...{ ONEC_HRLINK_IMPERSONATE: 'hr-user', ONEC_HRLINK_IMPERSONATE_TYPE: 'HRLINK_ID' },
      ...environment,
    }));
  const claimsOf = (jwt: string) => {
    const [head, body, signature] = jwt.split('.') as [string, string, string];
    const isSigned = createVerify('RSA-SHA256').update(`${head}.${body}`).verify(publicKey, signature, 'base64url');
    return {
      isSigned,
      head: JSON.parse(String(Buffer.from(head, 'base64url'))),
      ...JSON.parse(String(Buffer.from(body, 'base64url'))),
    };
  };

  it('is asked for with a signed JWT and carried with the user it acts for', async () => {
    const { portal, clock } = await open();
    const asked: { claims: ReturnType<typeof claimsOf>; host: string }[] = [];
    portal.masterTokenFor = (jwt, host) => {
      asked.push({ claims: claimsOf(jwt), host });
      return { token: 'master-1', expiresDate: new Date(clock.nowMs() + 600_000).toISOString() };
    };
    portal.isMaster = (headers) =>
      headers['master-api-token'] === 'master-1' &&
      headers['impersonated-user-id'] === 'hr-user' &&
      headers['impersonated-user-id-type'] === 'HRLINK_ID' &&
      headers['user-api-token'] === undefined;
    expect(await stand!.run('fetch-employees')).toMatchObject({ outcome: 'succeeded', error: null });
    expect(asked).toHaveLength(1);
    const { claims, host } = asked[0]!;
    expect(host).toBe(new URL(portal.url).host);
    expect(claims).toMatchObject({
      isSigned: true,
      head: { alg: 'RS256', typ: 'JWT' },
      iss: 'portal',
      sub: 'int-1',
      aud: 'esa.hr-link.ru',
    });
    expect(claims.exp - claims.nbf).toBeLessThanOrEqual(600);
    expect(claims.nbf * 1000).toBeLessThanOrEqual(clock.nowMs());
    expect(claims.exp * 1000).toBeGreaterThan(clock.nowMs());
  });

  it('is renewed before it ends', async () => {
    const { portal, clock } = await open();
    let given = 0;
    portal.masterTokenFor = () => ({
      token: `master-${(given += 1)}`,
      expiresDate: new Date(clock.nowMs() + 31_000).toISOString(),
    });
    portal.isMaster = () => true;
    portal.pollsUntilFinished = 3;
    expect((await stand!.run('update-employees')).outcome).toBe('succeeded');
    expect(given).toBeGreaterThan(2);
  });

  it('ends the run in words when it is refused, or nobody is named', async () => {
    await open();
    expect(await stand!.run('fetch-employees')).toMatchObject({
      outcome: 'failed',
      error: 'Единая авторизация отказала в мастер-токене',
    });
    await stand!.stop();
    await open({ ONEC_HRLINK_IMPERSONATE: '' });
    expect(await stand!.run('fetch-employees')).toMatchObject({
      outcome: 'failed',
      error: 'Не указан пользователь портала, от имени которого выполняется обмен',
    });
  });

  it.each([
    ['no key', '', 'must be set beside'],
    ['a file that is not there', join(folder, 'none.pem'), 'ENOENT'],
    [
      'a key of another kind',
      file(
        'ec.pem',
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
          type: 'pkcs8',
          format: 'pem',
        }) as string,
      ),
      'must be an RSA key',
    ],
  ])('does not start with %s', async (_, key, text) => {
    await expect(open({ ONEC_HRLINK_INTEGRATOR_KEY: key })).rejects.toThrow(text);
  });
});

describe('several tenants', () => {
  let second: FakePortal;
  beforeEach(async () => {
    second = await FakePortal.start();
    second.token = 'second-token';
  });
  afterEach(() => second.stop());

  const open = async (firstUrl: string) => {
    const tenants = file(
      'tenants.yaml',
      `tenants:\n  - { url: '${firstUrl}', organisations: 1 }\n  - { url: '${second.url}/', token: second-token, firstOrganisation: 1, organisations: 2 }\n`,
    );
    stand = await OneCStand.start({ ONEC_ORGANISATIONS: '3', ONEC_EMPLOYEES: '4', ONEC_HRLINK_TENANTS: tenants });
    return stand;
  };
  const entities = (portal: FakePortal) => portal.pushed('LEGAL_ENTITIES').map(({ externalId }) => externalId);
  const guid = (nth: number) => people.organisation(nth).guid;

  it('are told each of its own organisations, one after another in one run', async () => {
    const first = await FakePortal.start();
    const { run } = { run: await (await open(first.url)).run('update-employees') };
    expect(run).toMatchObject({ outcome: 'succeeded', error: null });
    expect([entities(first), entities(second)]).toEqual([[guid(0)], [guid(1), guid(2)]]);
    expect([first.pushed('CLIENT_USERS_V5').length, second.pushed('CLIENT_USERS_V5').length]).toEqual([4, 8]);
    await first.stop();
  });

  it('do not wait for one that fails', async () => {
    await open('http://127.0.0.1:1');
    expect(await stand!.run('update-employees')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('Портал не ответил'),
    });
    expect(entities(second)).toEqual([guid(1), guid(2)]);
  });

  it.each([
    ['tenants: []', 'tenants'],
    ['tenants: [{ url: ftp://x }]', 'url'],
    ["tenants: [{ url: 'http://x', organisations: 5 }]", 'the infobase has 1 organisations'],
    ['{', 'ONEC_HRLINK_TENANTS'],
  ])('are refused as %s', async (text, message) => {
    await expect(OneCStand.start({ ONEC_HRLINK_TENANTS: file('bad.yaml', text) })).rejects.toThrow(message);
  });
});
