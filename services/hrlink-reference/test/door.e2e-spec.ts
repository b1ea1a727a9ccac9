import { generateKeyPairSync, sign as rsaSign } from 'node:crypto';
import { connect } from 'node:net';
import { attribute, CertificateAuthority, pem, signatureSuite } from '@poligon/pki';
import { API_TOKEN, CLIENT_ID, HR, type Json, person, profile, Tenant } from './tenant.js';

const tenant = new Tenant();
const P = `/api/v1/clients/${CLIENT_ID}`;
const JSON_HR = { ...HR, 'content-type': 'application/json' };

beforeAll(async () => {
  await tenant.start({ HRLINK_MAX_BODY_BYTES: '20000', HRLINK_MAX_UPLOAD_BYTES: '2000', HRLINK_MAX_UPLOAD_FILES: '2' });
  await tenant.admin('POST', 'seed', { count: 2, state: 'accepted' });
});
afterAll(() => tenant.stop());

describe('errors of section 3', () => {
  it.each<[string, string, string, Record<string, string>, string | undefined, number, string]>([
    ['no token', 'GET', `${P}/employees`, {}, undefined, 401, '11.006'],
    ['a wrong token', 'GET', `${P}/employees`, { 'user-api-token': 'x' }, undefined, 401, '11.006'],
    ['a dead session', 'GET', '/api/v1/currentUser', { cookie: 'sessionId=x' }, undefined, 401, '11.006'],
    ['an unknown path', 'GET', '/api/v1/nope', HR, undefined, 404, '90.404'],
    ['a wrong method', 'DELETE', '/api/v1/currentUser', HR, undefined, 404, '90.404'],
    ['an unknown id', 'GET', `${P}/documents/1`, HR, undefined, 404, '90.404'],
    ['another tenant', 'GET', '/api/v1/clients/other/employees', HR, undefined, 404, '90.404'],
    ['malformed JSON', 'POST', `${P}/bulkDataSyncTasks`, JSON_HR, '{"type":', 400, '11.021'],
    ['a body of another type', 'POST', `${P}/bulkDataSyncTasks`, JSON_HR, '[1]', 400, '11.021'],
    ['JSON as text', 'POST', `${P}/bulkDataSyncTasks`, { ...HR, 'content-type': 'text/plain' }, 'hello', 400, '11.021'],
    ['an unknown bulk type', 'POST', `${P}/bulkDataSyncTasks`, JSON_HR, '{"type":"X","data":[]}', 400, '11.021'],
    ['an oversized body', 'POST', `${P}/bulkDataSyncTasks`, JSON_HR, `"${'x'.repeat(30_000)}"`, 413, '90.413'],
    ['a group without documents', 'POST', `${P}/documentGroups`, JSON_HR, '{"name":"x","documents":[]}', 400, '11.021'],
    ['an upload that is not multipart', 'POST', '/api/v1/files', JSON_HR, '{}', 400, '11.021'],
    [
      'a broken multipart',
      'POST',
      '/api/v1/files',
      { ...HR, 'content-type': 'multipart/form-data; boundary=x' },
      'y',
      400,
      '11.021',
    ],
    ['an empty login', 'POST', '/api/v1/login', { 'content-type': 'application/json' }, '{}', 400, '11.021'],
    [
      'a wrong password',
      'POST',
      '/api/v1/login',
      { 'content-type': 'application/json' },
      '{"login":"a@b.cc","password":"x"}',
      401,
      '90.401',
    ],
    ['a token acting as an employee', 'POST', `${P}/applicationGroups`, JSON_HR, '{}', 403, '10.000'],
    ['a negative offset', 'POST', `${P}/documentGroups/getHrRegistry`, JSON_HR, '{"offset":-1}', 400, '11.021'],
    [
      'a hostile invitation',
      'POST',
      '/api/v1/invitations/..%2f..%2f/accept',
      JSON_HR,
      '{"passportLastDigits":"1","consent":true,"password":"x"}',
      404,
      '90.404',
    ],
    ['__proto__ in a body', 'POST', `${P}/lna`, JSON_HR, '{"__proto__":{"name":"x"}}', 400, '11.021'],
  ])('answers %s in the envelope', async (_name, method, path, headers, body, status, code) => {
    const answer = await tenant.raw(method, path, { headers, body });
    expect(answer).toMatchObject({ status, body: { result: false, errorCode: code } });
    expect(answer.body.errorId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.keys(answer.body).sort()).toEqual(
      ['errorCode', 'errorData', 'errorId', 'errorMessage', 'operationCode', 'result'].sort(),
    );
  });

  it('names the offending field by path', async () => {
    const body = JSON.stringify({ name: 'x', documents: [{ date: 'yesterday' }] });
    const answer = await tenant.raw('POST', `${P}/documentGroups`, { headers: JSON_HR, body });
    expect(answer.body.errorData).toMatchObject({ path: 'documents[0].date' });
  });

  it('tolerates unknown fields and nulls', async () => {
    const body = JSON.stringify({ documentExternalIds: null, limit: null, offset: null, whatever: [1] });
    expect(
      (await tenant.raw('POST', `${P}/documentGroups/getHrRegistry`, { headers: JSON_HR, body })).body.result,
    ).toBe(true);
  });

  it('gives its version as plain text without a token', async () => {
    const answer = await tenant.raw('GET', '/api/v1/version');
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(String(answer.bytes)).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('upload', () => {
  const post = async (...files: [string, string][]): Promise<{ status: number; body: Json }> => {
    const form = new FormData();
    for (const [name, content] of files) form.append(`any-${name}`, new Blob([content]), name);
    const reply = await fetch(`${tenant.url}/api/v1/files`, { method: 'POST', headers: HR, body: form });
    return { status: reply.status, body: await reply.json() };
  };

  it('keeps the order of parts, whatever their field names', async () => {
    const { body } = await post(['б.pdf', '1'], ['а.docx', '2']);
    expect(body.files.map(({ name }: Json) => name)).toEqual(['б.pdf', 'а.docx']);
  });

  it.each([
    ['a foreign format', [['virus.exe', 'x']], 400, '90.415'],
    ['a file above the limit', [['big.pdf', 'x'.repeat(3000)]], 413, '90.413'],
    [
      'too many files',
      [
        ['1.pdf', 'x'],
        ['2.pdf', 'x'],
        ['3.pdf', 'x'],
      ],
      429,
      '90.416',
    ],
    ['no file', [], 400, '11.021'],
  ] as [string, [string, string][], number, string][])('refuses %s', async (_name, files, status, code) => {
    expect(await post(...files)).toMatchObject({ status, body: { errorCode: code } });
  });

  it('survives a caller who leaves in the middle', async () => {
    const socket = connect(Number(new URL(tenant.url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      `POST /api/v1/files HTTP/1.1\r\nHost: x\r\nUser-Api-Token: ${API_TOKEN}\r\nContent-Type: multipart/form-data; boundary=b\r\n` +
        'Content-Length: 9999\r\n\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\nhalf',
    );
    socket.resume();
    socket.end();
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await tenant.raw('GET', '/api/v1/version')).status).toBe(200);
  });
});

describe('authentication', () => {
  it('ends the oldest of more than five sessions', async () => {
    const sessions = [];
    for (let count = 0; count < 6; count += 1) sessions.push(await tenant.login(person(0)));
    const states = await Promise.all(sessions.map((session) => tenant.call('currentUser', session)));
    expect(states.map(({ status }) => status)).toEqual([401, 200, 200, 200, 200, 200]);
    expect(states[1]?.body.currentUser.clients[0].id).toBe(CLIENT_ID);
  });

  it('keeps people out of HR operations', async () => {
    const answer = await tenant.call('employees', await tenant.login(person(1)));
    expect(answer).toMatchObject({ status: 403, body: { errorCode: '10.000', errorData: { permission: 'HR' } } });
  });

  it('accepts a master token with impersonation', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const suite = signatureSuite('rsa-2048');
    const keyPair = suite.keyPairFromPem(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    expect(keyPair.spki.equals(publicKey.export({ type: 'spki', format: 'der' }))).toBe(true);
    const root = CertificateAuthority.createRoot({
      keyPair,
      subject: [attribute('CN', 'Integrator')],
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 86_400_000),
    });
    await tenant.admin('PUT', 'integrators', {
      id: 'int-1',
      issuer: 'portal',
      certificatePem: pem(root.certificate, 'CERTIFICATE'),
    });
    const jwt = (claims: object): string => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
      return `${text}.${rsaSign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    };
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'portal', sub: 'int-1', aud: 'esa.hr-link.ru', iat: now, nbf: now - 1, exp: now + 300 };
    const ask = (token: string) =>
      tenant.call('masterTokens.create', { authorization: `Bearer ${token}` }, { body: { tenantHost: 'localhost' } });
    for (const bad of [
      { ...claims, aud: 'x' },
      { ...claims, sub: 'x' },
      { ...claims, exp: now + 3600 },
      { ...claims, nbf: now + 60, exp: now + 90 },
    ]) {
      expect((await ask(jwt(bad))).body.errorCode).toBe('90.402');
    }
    expect((await ask('not.a.jwt')).status).toBe(401);
    const { masterToken } = (await ask(jwt(claims))).body;
    const headers = { [profile.headers.masterToken]: masterToken.token, 'Impersonated-User-Id-Type': 'EXTERNAL_ID' };
    const me = await tenant.call('currentUser', { ...headers, 'Impersonated-User-Id': person(0).personGuid });
    expect(me.body.currentUser.clientUser.externalId).toBe(person(0).personGuid);
    const unknown = await tenant.call('currentUser', { ...headers, 'Impersonated-User-Id': 'nobody' });
    expect(unknown).toMatchObject({ status: 403, body: { errorCode: '90.403' } });
  });
});

describe('capacity at run time', () => {
  it('turns callers away with 90.503 and Retry-After when a pool is full, and takes them again after', async () => {
    const wrong = await tenant.admin('PUT', 'capacity', { read: { workers: 0 } });
    expect(wrong.error).toContain('workers');
    await tenant.admin('PUT', 'capacity', { read: { workers: 1, serviceMs: 300, queueLimit: 0, overload: 'reject' } });
    const answers = await Promise.all([1, 2, 3].map(() => tenant.call('documentTypes', HR)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503]);
    const refused = answers.find(({ status }) => status === 503);
    expect(refused?.body).toMatchObject({ errorCode: '90.503', errorData: { pool: 'read' } });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    await tenant.admin('PUT', 'capacity', { read: { overload: 'reset' } });
    const cut = await Promise.allSettled([1, 2].map(() => tenant.call('documentTypes', HR)));
    expect(cut.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { pools } = await tenant.admin('PUT', 'capacity', { read: { workers: 8, serviceMs: 1, queueLimit: 1000 } });
    expect(pools.read).toMatchObject({ kneePerSecond: 8000, rejected: 3 });
    expect((await tenant.call('documentTypes', HR)).status).toBe(200);
  });
});
