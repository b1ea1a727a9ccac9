import { connect } from 'node:net';
import { EsiaWorld, startEsia } from './esia-world.js';
import { call, InformationSystem, makeIdentity } from './information-system.js';

let esia: EsiaWorld;
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia({ ESIA_MAX_BODY_BYTES: '20000' }));
  await esia.register(system);
});
afterAll(() => esia.emulator.close());

const TE = '/aas/oauth2/v3/te';
const FORM = 'application/x-www-form-urlencoded';

describe('the token endpoint', () => {
  it.each([
    ['a form with broken escapes', FORM, 'client_id=%', 'ESIA-007038'],
    ['a form that is not UTF-8', FORM, Buffer.from([0x63, 0x3d, 0xff, 0xfe]), 'ESIA-007038'],
    ['a form of a thousand fields', FORM, 'a=1&'.repeat(1000), 'ESIA-007038'],
    ['JSON', 'application/json', '{"client_id":"HRLINK"}', 'ESIA-007038'],
    ['malformed JSON', 'application/json', '{', 'ESIA-007038'],
    ['an unknown type', 'text/weird', 'x', 'ESIA-007038'],
    ['an oversized form', FORM, `client_id=${'x'.repeat(30_000)}`, 'ESIA-007038'],
    ['an empty form', FORM, '', 'ESIA-007014'],
    ['__proto__ as a field', FORM, '__proto__=1&constructor=2', 'ESIA-007014'],
  ])('answers %s as JSON', async (_, type, body, code) => {
    const reply = await call(esia.url + TE, { method: 'POST', headers: { 'content-type': type }, body });
    expect(reply.status).toBe(400);
    expect(reply.headers['content-type']).toContain('application/json');
    expect(JSON.parse(reply.text)).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining(code),
    });
  });

  it('answers a request without a body', async () => {
    const reply = await call(esia.url + TE, { method: 'POST' });
    expect(JSON.parse(reply.text).error_description).toContain('[client_id]');
  });
});

describe('every part', () => {
  it.each([
    ['GET of te', 'GET', TE, 405, 'json'],
    ['POST of ac', 'POST', '/aas/oauth2/v2/ac', 405, 'html'],
    ['DELETE of login', 'DELETE', '/login', 405, 'html'],
    ['POST of a person', 'POST', '/rs/prns/1900000000', 405, 'json'],
    ['an unknown path', 'GET', '/nowhere', 404, 'html'],
    ['an unknown person path', 'GET', '/rs/nowhere', 404, 'json'],
    ['GET of the root', 'GET', '/', 405, 'html'],
    ['the admin path', 'GET', '/__admin/clients', 404, 'html'],
  ])('answers %s in its own form', async (_, method, path, status, type) => {
    const reply = await call(esia.url + path, { method: method as 'GET' });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toContain(type);
    if (status === 405) expect(reply.headers['allow']).toBeDefined();
  });

  it('survives broken HTTP, strange cookies and headers', async () => {
    const { hostname, port } = new URL(esia.url);
    for (const text of [
      'GARBAGE\r\n\r\n',
      'GET /login HTTP/1.0\r\n\r\n',
      `GET /${'x'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.resume();
      socket.end(text);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    const headers = {
      cookie: ';;=;esia_pending;esia_session=%E0%A4%A; a=b',
      authorization: 'Bearer \u00e9',
      accept: 'schema="',
    };
    expect((await call(`${esia.url}/login`, { headers })).status).toBe(400);
    expect((await call(`${esia.url}/rs/prns/1`, { headers })).status).toBe(401);
    expect((await call(`${esia.url}/login`)).status).toBe(400);
  });
});

describe('the admin door', () => {
  const valid = { certificatePem: system.identity.certificatePem, redirectUris: ['hr.example.test'] };
  it.each([
    ['an empty body', 'PUT', '/__admin/clients/X', {}, 400, /^redirectUris: /],
    [
      'no certificate',
      'PUT',
      '/__admin/clients/X',
      { redirectUris: ['a.test'] },
      400,
      /^certificatePem: must be given/,
    ],
    [
      'a broken certificate',
      'PUT',
      '/__admin/clients/X',
      { ...valid, certificatePem: 'x' },
      400,
      /^certificatePem: no CERTIFICATE/,
    ],
    [
      'a bad address',
      'PUT',
      '/__admin/clients/X',
      { ...valid, redirectUris: ['ftp://x'] },
      400,
      /^redirectUris\.0: must be/,
    ],
    [
      'an unknown scope',
      'PUT',
      '/__admin/clients/X',
      { ...valid, scopes: ['all'] },
      400,
      /^scopes\.0: unknown scope "all"/,
    ],
    ['an unknown field', 'PUT', '/__admin/clients/X', { ...valid, color: 1 }, 400, /color/],
    ['a bad mnemonic', 'PUT', '/__admin/clients/a%20b', valid, 400, /must be 1\.\.100 letters/],
    ['an unknown client', 'GET', '/__admin/clients/NOBODY', undefined, 404, /^no client "NOBODY"$/],
    ['removing an unknown client', 'DELETE', '/__admin/clients/NOBODY', undefined, 404, /^no client/],
    ['an unknown person', 'PUT', '/__admin/logins/s', { oid: 1 }, 404, /^no such person$/],
    ['two hints', 'PUT', '/__admin/logins/s', { oid: 1, phone: '7' }, 400, /exactly one of/],
    ['an unknown algorithm', 'GET', '/__admin/token-certificate.pem?alg=none', undefined, 400, /^alg: /],
  ])('answers %s with one precise line', async (_, method, path, body, status, message) => {
    const reply = await esia.admin(method as 'PUT', path, body);
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatch(message);
  });

  it('registers, lists, shows and removes clients', async () => {
    await esia.admin('PUT', '/__admin/clients/TEMP', { ...valid, scopes: ['openid'], tokenAlg: 'RS256' });
    const { body } = await esia.admin('GET', '/__admin/clients');
    expect(body.clients.map(({ mnemonic }: { mnemonic: string }) => mnemonic)).toEqual(['HRLINK', 'TEMP']);
    expect((await esia.admin('GET', '/__admin/clients/TEMP')).body).toMatchObject({
      scopes: ['openid'],
      isOfflineAllowed: true,
      certificates: [{ expectedHash: system.hash, commonName: 'test gost2012-256' }],
    });
    expect((await esia.admin('DELETE', '/__admin/clients/TEMP')).status).toBe(204);
    expect((await esia.ac(new InformationSystem('TEMP', system.identity).authorization())).status).toBe(400);
  });
});
