import { Clock } from '@poligon/emulator-kit';
import { FakeClock } from '@poligon/testing';
import { EsiaWorld, paramsOf, startEsia } from './esia-world.js';
import { InformationSystem, makeIdentity, timestampOf, type Fields } from './information-system.js';

let esia: EsiaWorld;
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
const limited = new InformationSystem('LIMITED', system.identity);
const expired = new InformationSystem('EXPIRED', makeIdentity('gost2012-256', { toMs: Date.now() - 60_000 }));

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
  await esia.register(limited, { scopes: ['openid', 'fullname'] });
  await esia.register(expired);
});
afterAll(() => esia.emulator.close());

const absent = (name: string): Fields => ({ [name]: undefined });
const missing = (name: string) => `ESIA-007014: The request doesn\`t contain the mandatory parameter [${name}].`;
const WRONG_SECRET = 'ESIA-007053: OAuthErrorEnum.clientSecretWrong';

/** One case: what is done before signing, after signing, and the error with its OAuth name. */
type Case = readonly [string, Fields, Fields, string, string];

describe('an authorization request is sent back with', () => {
  const cases: readonly Case[] = [
    ['no response_type', {}, absent('response_type'), missing('response_type'), 'invalid_request'],
    ['no state', {}, absent('state'), missing('state'), 'invalid_request'],
    ['no timestamp', {}, absent('timestamp'), missing('timestamp'), 'invalid_request'],
    ['no hash', {}, absent('client_certificate_hash'), missing('client_certificate_hash'), 'invalid_request'],
    ['an empty secret', {}, { client_secret: '' }, missing('client_secret'), 'invalid_request'],
    ['a strange access_type', { access_type: 'always' }, {}, 'ESIA-007003: ', 'invalid_request'],
    ['a strange challenge method', { code_challenge_method: 'S256' }, {}, 'ESIA-007003: ', 'invalid_request'],
    ['response_type token', { response_type: 'token' }, {}, 'ESIA-007009: ', 'unsupported_response_type'],
    ['an ISO timestamp', { timestamp: '2026-01-15T09:00:00Z' }, {}, missing('timestamp'), 'invalid_request'],
    ['the hour 24', { timestamp: '2026.01.15 24:00:00 +0300' }, {}, missing('timestamp'), 'invalid_request'],
    ['a raw plus', {}, { timestamp: timestampOf().replace('+', ' ') }, missing('timestamp'), 'invalid_request'],
    ['an old timestamp', { timestamp: timestampOf(Date.now() - 600_000) }, {}, 'ESIA-007015: ', 'invalid_request'],
    ['a future timestamp', { timestamp: timestampOf(Date.now() + 600_000) }, {}, 'ESIA-007015: ', 'invalid_request'],
    ['an unknown hash', {}, { client_certificate_hash: 'AB'.repeat(32) }, WRONG_SECRET, 'access_denied'],
    ['a secret of nothing', {}, { client_secret: 'AAAA' }, WRONG_SECRET, 'access_denied'],
    ['no scope', { scope: '' }, {}, 'ESIA-007013: ', 'invalid_scope'],
    ['an unknown scope', { scope: 'openid all' }, {}, 'ESIA-007006: ', 'invalid_scope'],
  ];
  it.each(cases)('%s', async (_, before, after, description, error) => {
    const reply = await esia.ac(system.authorization(before, after));
    expect(reply.status).toBe(302);
    expect(String(reply.headers['location'])).toContain('https://hr.example.test/esia/callback?error_description=');
    expect(paramsOf(reply).get('error_description')).toContain(description);
    expect(paramsOf(reply).get('error')).toBe(error);
  });

  it('a scope the client was not granted', async () => {
    const reply = await esia.ac(limited.authorization());
    expect(paramsOf(reply).get('error_description')).toBe('ESIA-007019: OAuthErrorEnum.noGrants');
  });

  it('an expired certificate, and the journal says so', async () => {
    const reply = await esia.ac(expired.authorization());
    expect(paramsOf(reply).get('error_description')).toBe(WRONG_SECRET);
    expect((await esia.notes('esia.signature')).at(-1)!.outcome).toMatch(/^certificate-inactive: .*expired/);
  });

  it('a parameter sent twice', async () => {
    const reply = await esia.ac(`${system.authorization()}&scope=openid`);
    expect(paramsOf(reply).get('error_description')).toMatch(/^ESIA-007003/);
  });
});

describe('an authorization request ends on the own error page with', () => {
  const cases: readonly Case[] = [
    ['no client_id', {}, absent('client_id'), '', '[client_id]'],
    ['an unknown client_id', {}, { client_id: 'NOBODY' }, '', 'ESIA-007005'],
    ['no redirect_uri', {}, absent('redirect_uri'), '', '[redirect_uri]'],
    ['an unregistered redirect_uri', { redirect_uri: 'https://evil.example/cb' }, {}, '', 'ESIA-007023'],
    ['a lookalike domain', { redirect_uri: 'https://nothr.example.test/cb' }, {}, '', 'ESIA-007023'],
    ['a script address', { redirect_uri: 'javascript:alert(1)' }, {}, '', 'ESIA-007023'],
    ['a bad scope and an unregistered redirect_uri', { redirect_uri: 'https://e.test/', scope: '' }, {}, '', '007023'],
  ];
  it.each(cases)('%s', async (_, before, after, __, text) => {
    const reply = await esia.ac(system.authorization(before, after));
    expect(reply.status).toBe(400);
    expect(reply.headers['location']).toBeUndefined();
    expect(reply.headers['content-type']).toContain('text/html');
    expect(reply.text).toContain(text);
  });

  it('a query that cannot be decoded', async () => {
    const reply = await esia.ac('client_id=%ZZ');
    expect([reply.status, reply.text.includes('ESIA-007038')]).toEqual([400, true]);
  });
});

describe('a token request is refused with', () => {
  const code = 'header.payload.signature';
  const cases: readonly Case[] = [
    ['no client_id', {}, absent('client_id'), missing('client_id'), 'invalid_request'],
    ['an empty secret', {}, { client_secret: '' }, missing('client_secret'), 'invalid_request'],
    ['no grant_type', {}, absent('grant_type'), missing('grant_type'), 'invalid_request'],
    ['no code', {}, absent('code'), missing('code'), 'invalid_request'],
    ['no redirect_uri', {}, absent('redirect_uri'), missing('redirect_uri'), 'invalid_request'],
    ['no hash', {}, absent('client_certificate_hash'), missing('client_certificate_hash'), 'invalid_request'],
    ['no state', {}, absent('state'), missing('state'), 'invalid_request'],
    ['no timestamp', {}, absent('timestamp'), missing('timestamp'), 'invalid_request'],
    ['no token_type', {}, absent('token_type'), missing('token_type'), 'invalid_request'],
    ['another token_type', { token_type: 'MAC' }, {}, 'ESIA-007003: ', 'invalid_request'],
    ['an unknown client', {}, { client_id: 'NOBODY' }, 'ESIA-007005: ', 'unauthorized_client'],
    ['a foreign redirect_uri', { redirect_uri: 'https://evil.example/' }, {}, 'ESIA-007023: ', 'invalid_request'],
    ['another grant_type', { grant_type: 'password' }, {}, 'ESIA-007012: ', 'unsupported_grant_type'],
    ['a grant_type every object has', { grant_type: 'valueOf' }, {}, 'ESIA-007012: ', 'unsupported_grant_type'],
    ['a bad timestamp', { timestamp: 'now' }, {}, missing('timestamp'), 'invalid_request'],
    ['an old timestamp', { timestamp: timestampOf(Date.now() - 600_000) }, {}, 'ESIA-007015: ', 'invalid_request'],
    ['a bad signature', {}, { client_secret: 'A'.repeat(86) }, WRONG_SECRET, 'access_denied'],
    ['no scope', { scope: '' }, {}, 'ESIA-007013: ', 'invalid_scope'],
    ['an unknown scope', { scope: 'all' }, {}, 'ESIA-007006: ', 'invalid_scope'],
    ['an unknown code', {}, {}, 'ESIA-007011: ', 'invalid_grant'],
  ];
  it.each(cases)('%s', async (_, before, after, description, error) => {
    const form = system.codeForm(code, before, after);
    const reply = await esia.te(form);
    const state = new URLSearchParams(form).get('state');
    expect(reply.status).toBe(400);
    expect(reply.headers['content-type']).toContain('application/json');
    expect(JSON.parse(reply.text)).toEqual({
      error,
      error_description: expect.stringContaining(description),
      ...(state === null ? {} : { state }),
    });
  });

  it('a strict state that is not a UUID only when asked for', async () => {
    expect((await esia.ac(system.authorization({ state: 'plain' }))).headers['location']).toBe(`${esia.url}/login`);
    const strict = new EsiaWorld(await startEsia({ ESIA_STRICT_STATE: 'true' }));
    await strict.register(system);
    const reply = await strict.ac(system.authorization({ state: 'plain' }));
    await strict.emulator.close();
    expect(paramsOf(reply).get('error_description')).toMatch(/^ESIA-007003/);
  });
});

describe('the timestamp window', () => {
  const clock = new FakeClock();
  const contemporary = makeIdentity('gost2012-256', {
    fromMs: clock.nowMs() - 86_400_000,
    toMs: clock.nowMs() + 86_400_000,
  });
  const client = new InformationSystem('HRLINK', contemporary);
  let still: EsiaWorld;

  beforeAll(async () => {
    still = new EsiaWorld(await startEsia({}, [{ provide: Clock, useValue: clock }]));
    await still.register(client);
  });
  afterAll(() => still.emulator.close());

  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('of 300 s sees a request %i s away as accepted: %s', async (offsetS, isAccepted) => {
    const timestamp = timestampOf(clock.nowMs() + offsetS * 1000);
    const reply = await still.ac(client.authorization({ timestamp }));
    if (isAccepted) expect(reply.headers['location']).toBe(`${still.url}/login`);
    else expect(paramsOf(reply).get('error_description')).toMatch(/^ESIA-007015/);
  });
});
