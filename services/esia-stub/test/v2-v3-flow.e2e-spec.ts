import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { certificateHash, fromPem, parseCertificate, signatureSuite } from '@poligon/pki';
import { defaultPopulation as people, formatSnils } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, readJwt, startEsia } from './esia-world.js';
import { call, encode, InformationSystem, makeIdentity, REDIRECT_URI } from './information-system.js';

const person = people.person(42);
let esia: EsiaWorld;
const gost = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
const rsaIdentity = makeIdentity('rsa-2048');
const rsa = new InformationSystem('775607_DP', rsaIdentity, certificateHash(rsaIdentity.certificate, 'sha256'));

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(gost);
  await esia.register(rsa, { tokenAlg: 'GOST3410_2012_256', redirectUris: [REDIRECT_URI] });
});
afterAll(() => esia.emulator.close());

describe('a login by authorization code', () => {
  it('goes from ac over the login form to the client and on to personal data', async () => {
    const state = 'f1a0e9d4-5f8e-4c0e-9e0c-0a6c8a5a7b11';
    const ac = await esia.ac(gost.authorization({ state }));
    expect([ac.status, ac.headers['location']]).toEqual([302, `${esia.url}/login`]);
    const cookie = cookieOf(ac);

    const page = await call(`${esia.url}/login`, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('action="/login"');

    const form = encode({ login: `+${person.phone}`, password: 'any' });
    const back = await esia.post('/login', form, { cookie });
    expect(back.status).toBe(302);
    expect(String(back.headers['location'])).toMatch(/^https:\/\/hr\.example\.test\/esia\/callback\?code=.+&state=/);
    expect(paramsOf(back).get('state')).toBe(state);

    const body = gost.codeForm(paramsOf(back).get('code')!);
    const te = await esia.te(body);
    expect(te.status).toBe(200);
    expect(te.headers['content-type']).toContain('application/json');
    const tokens = JSON.parse(te.text);
    expect(Object.keys(tokens)).toEqual([
      'access_token',
      'refresh_token',
      'id_token',
      'state',
      'token_type',
      'expires_in',
    ]);
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      state: new URLSearchParams(body).get('state'),
      refresh_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });

    const prn = await esia.rest(`/rs/prns/${person.esiaOid}`, tokens.access_token);
    expect(JSON.parse(prn.text)).toMatchObject({
      firstName: person.firstName,
      lastName: person.lastName,
      middleName: person.patronymic,
      snils: formatSnils(person.snils),
      trusted: true,
    });
  });

  it('writes header and claims of the access token exactly', async () => {
    const { access_token } = await esia.login(gost, person.snils);
    const { rawHeader, rawPayload, payload } = readJwt(access_token);
    expect(rawHeader).toBe('{"ver":1,"typ":"JWT","sbt":"access","alg":"RS256"}');
    expect(rawPayload).toContain('"iss":"http:\\/\\/esia-portal1.test.gosuslugi.ru\\/"');
    expect(Object.keys(payload)).toEqual([
      'nbf',
      'scope',
      'iss',
      'urn:esia:sid',
      'urn:esia:sbj_id',
      'exp',
      'iat',
      'client_id',
    ]);
    expect(payload).toMatchObject({
      scope: `openid fullname?oid=${person.esiaOid} snils?oid=${person.esiaOid}`,
      'urn:esia:sbj_id': person.esiaOid,
      client_id: 'HRLINK',
    });
    expect(payload.exp - payload.iat).toBe(3600);
  });

  it('writes header and claims of the id_token exactly', async () => {
    const { id_token } = await esia.login(gost, person.snils);
    const { rawHeader, payload } = readJwt(id_token);
    expect(rawHeader).toBe('{"ver":0,"typ":"JWT","sbt":"id","alg":"RS256"}');
    expect(Object.keys(payload)).toEqual(
      'aud sub nbf amr urn:esia:amd auth_time iss urn:esia:sid urn:esia:sbj exp iat'.split(' '),
    );
    expect(payload).toMatchObject({
      aud: 'HRLINK',
      sub: person.esiaOid,
      amr: 'PWD',
      'urn:esia:sbj': {
        'urn:esia:sbj:typ': 'P',
        'urn:esia:sbj:is_tru': true,
        'urn:esia:sbj:oid': person.esiaOid,
        'urn:esia:sbj:nam': `OID.${person.esiaOid}`,
      },
    });
    expect(payload.exp - payload.iat).toBe(10_800);
  });

  it('makes the code a token of its own with times in milliseconds', async () => {
    const code = (await esia.walk(gost.authorization({ state: 'my state' }), person.email)).get('code')!;
    const { header, payload } = readJwt(code);
    expect(header).toEqual({ alg: 'RS256', sbt: 'authorization_code', typ: 'JWT', ver: 1 });
    expect(payload).toMatchObject({ auth_mthd: 'PWD', 'urn:esia:client:state': 'my state', client_id: 'HRLINK' });
    expect(payload.exp - payload.iat * 1000).toBeGreaterThanOrEqual(180_000);
  });

  it('issues neither id_token without openid nor refresh_token for online access', async () => {
    const query = gost.authorization({ scope: 'fullname', access_type: 'online' });
    const code = (await esia.walk(query, person.snils)).get('code')!;
    const tokens = JSON.parse((await esia.te(gost.codeForm(code))).text);
    expect(Object.keys(tokens)).toEqual(['access_token', 'state', 'token_type', 'expires_in']);
  });
});

describe('token signatures', () => {
  it('verify by node:crypto against the published RSA certificate', async () => {
    const { access_token, id_token } = await esia.login(gost, person.snils);
    const { body } = await esia.admin('GET', '/__admin/token-certificate.pem');
    const { publicKey } = new X509Certificate(body);
    for (const token of [access_token, id_token]) {
      const { signed, signature } = readJwt(token);
      expect(verify('RSA-SHA256', signed, publicKey, signature)).toBe(true);
    }
  });

  it('are raw GOST for a client that chose it, with acr in the access token', async () => {
    const { access_token } = await esia.login(rsa, person.snils);
    const { header, payload, signed, signature } = readJwt(access_token);
    expect(header.alg).toBe('GOST3410_2012_256');
    expect(payload.acr).toEqual({ tls: 'gost' });
    expect(signature).toHaveLength(64);
    const { body } = await esia.admin('GET', '/__admin/token-certificate.pem?alg=GOST3410_2012_256');
    const { spki } = parseCertificate(fromPem(body));
    expect(signatureSuite('gost2012-256', { backend: 'pure-js' }).verify(spki, signed, signature)).toBe(true);
    expect((await esia.rest(`/rs/prns/${person.esiaOid}`, access_token)).status).toBe(200);
  });

  it('can be checked with the certificates of esia.zip', async () => {
    const reply = await call(`${esia.url}/public/esia.zip`);
    expect(reply.headers['content-type']).toBe('application/zip');
    const { body } = await esia.admin('GET', '/__admin/token-certificate.pem');
    expect(createPublicKey(body).asymmetricKeyType).toBe('rsa');
    expect(Number(reply.headers['content-length'])).toBeGreaterThan(fromPem(body).length);
  });
});

describe('an RSA client', () => {
  it('names its certificate by SHA-256 and signs with PKCS#1', async () => {
    const ac = await esia.ac(rsa.authorization());
    expect(ac.headers['location']).toBe(`${esia.url}/login`);
  });

  it('is refused on a production-like stand', async () => {
    const production = new EsiaWorld(await startEsia({ ESIA_STAND: 'production-like' }));
    try {
      await production.register(rsa);
      const ac = await production.ac(rsa.authorization());
      expect(paramsOf(ac).get('error_description')).toBe('ESIA-007053: OAuthErrorEnum.clientSecretWrong');
      const [note] = await production.notes('esia.signature');
      expect(note!.outcome).toMatch(/^algorithm-refused/);
    } finally {
      await production.emulator.close();
    }
  });
});

describe('a code', () => {
  it('is single use, also for simultaneous requests', async () => {
    const code = (await esia.walk(gost.authorization(), person.snils)).get('code')!;
    const replies = await Promise.all([1, 2, 3].map(() => esia.te(gost.codeForm(code))));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const again = await esia.te(gost.codeForm(code));
    expect(JSON.parse(again.text)).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/^ESIA-007011: /),
      state: expect.any(String),
    });
    expect((await esia.notes('esia.grant')).at(-1)!.outcome).toBe('code used');
  });

  it('is bound to its client', async () => {
    const code = (await esia.walk(gost.authorization(), person.snils)).get('code')!;
    const reply = await esia.te(rsa.codeForm(code));
    expect(JSON.parse(reply.text).error_description).toMatch(/^ESIA-007011/);
    expect((await esia.notes('esia.grant')).at(-1)!.outcome).toBe('code issued to HRLINK');
    expect((await esia.te(gost.codeForm(code))).status).toBe(200);
  });

  it('is bound to its redirect_uri', async () => {
    const code = (await esia.walk(gost.authorization(), person.snils)).get('code')!;
    const reply = await esia.te(gost.codeForm(code, { redirect_uri: 'https://hr.example.test/other' }));
    expect(JSON.parse(reply.text).error_description).toMatch(/^ESIA-007011/);
  });

  it('expires', async () => {
    const code = (await esia.walk(gost.authorization(), person.snils)).get('code')!;
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 181_000 });
    const reply = await esia.te(gost.codeForm(code));
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 0 });
    expect(JSON.parse(reply.text).error_description).toMatch(/^ESIA-007011/);
    expect((await esia.notes('esia.grant')).at(-1)!.outcome).toBe('code expired');
  });
});

describe('a refresh token', () => {
  it.each([
    ['with redirect_uri in the signed string', (token: string) => gost.refreshFormA(token)],
    ['with the token itself in the signed string', (token: string) => gost.refreshFormB(token)],
  ])('is exchanged %s and rotates', async (_, form) => {
    const { refresh_token, access_token } = await esia.login(gost, person.snils);
    const reply = await esia.te(form(refresh_token));
    expect(reply.status).toBe(200);
    const renewed = JSON.parse(reply.text);
    expect(renewed.refresh_token).not.toBe(refresh_token);
    expect(readJwt(renewed.access_token).payload).toMatchObject({
      scope: readJwt(access_token).payload.scope,
      'urn:esia:sid': readJwt(access_token).payload['urn:esia:sid'],
    });
    const old = await esia.te(form(refresh_token));
    expect(JSON.parse(old.text).error_description).toMatch(/^ESIA-007011/);
    expect((await esia.te(form(renewed.refresh_token))).status).toBe(200);
  });
});
