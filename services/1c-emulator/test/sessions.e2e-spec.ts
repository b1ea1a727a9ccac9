import { request } from 'undici';
import { ODataClient } from './odata-client.js';

const basic = (login: string, password: string, encoding: 'utf8' | 'latin1' = 'utf8') => ({
  authorization: `Basic ${Buffer.from(`${login}:${password}`, encoding).toString('base64')}`,
});

describe('sessions of web services', () => {
  let odata: ODataClient;
  afterEach(() => odata.stop());
  const status = async (headers: Record<string, string>) =>
    (await odata.call('GET', '/Catalog_Должности?$top=1', undefined, headers)).status;
  const slow = (ms: number) =>
    request(`${odata.emulator.adminUrl}/__admin/faults/slow`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault: 'latency', operations: ['odata.*'], options: { distribution: 'fixed', ms } }),
    });

  it('asks for a login in UTF-8 and refuses a wrong one', async () => {
    odata = await ODataClient.start({ ONEC_USERS: 'Обмен:тайна, other:' });
    const { status: none, headers } = await odata.call('GET', '/');
    expect([none, headers['www-authenticate']]).toEqual([401, 'Basic realm="1C:Enterprise 8.3"']);
    expect(await status(basic('Обмен', 'тайна'))).toBe(200);
    expect(await status(basic('other', ''))).toBe(200);
    expect(await status(basic('Обмен', 'другая'))).toBe(401);
    const legacy = await odata.call('GET', '/', undefined, basic('\xce\xe1\xec\xe5\xed', 'x', 'latin1'));
    expect([legacy.status, legacy.text]).toEqual([401, expect.stringContaining('401.5')]);
  });

  it('keeps a session behind a cookie until it is finished', async () => {
    odata = await ODataClient.start({ ONEC_REUSE_SESSIONS: 'use', ONEC_LICENCES: '1' });
    const { headers } = await odata.call('GET', '/', undefined, { ibsession: 'start' });
    const cookie = String(headers['set-cookie']);
    expect(cookie).toMatch(/^ibsession=[0-9a-f-]{36}$/);
    expect(await status({ cookie })).toBe(200);
    expect(await status({})).toBe(500);
    expect(await status({ cookie, ibsession: 'finish' })).toBe(200);
    expect(await status({ cookie })).toBe(400);
    expect(await status({})).toBe(200);
  });

  it('answers 406 when the pool stays busy longer than its timeout', async () => {
    odata = await ODataClient.start({ ONEC_POOL_SIZE: '1', ONEC_POOL_TIMEOUT_MS: '20' });
    await slow(300);
    const both = await Promise.all([status({}), status({})]);
    expect(both.sort()).toEqual([200, 406]);
  });

  it('lets a waiting call have the session that comes free', async () => {
    odata = await ODataClient.start({ ONEC_POOL_SIZE: '1', ONEC_POOL_TIMEOUT_MS: '30000' });
    await slow(50);
    expect(await Promise.all([status({}), status({}), status({})])).toEqual([200, 200, 200]);
  });
});
