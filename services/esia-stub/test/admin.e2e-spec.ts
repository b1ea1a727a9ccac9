import { verify, X509Certificate } from 'node:crypto';
import { defaultPopulation as people } from '@poligon/people';
import { EsiaWorld, readJwt, startEsia } from './esia-world.js';
import { InformationSystem, makeIdentity, call } from './information-system.js';

const person = people.person(55);
const path = `/rs/prns/${person.esiaOid}`;
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
let esia: EsiaWorld;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
});
afterAll(() => esia.emulator.close());
beforeEach(async () => {
  await esia.admin('POST', '/__admin/reset');
});

const login = () => esia.login(system, person.phone, 'openid fullname mobile');
const codeOf = (text: string) => (JSON.parse(text) as { code: string }).code;
const inspect = async (token: string) => (await esia.admin('POST', '/__admin/tokens/inspect', { token })).body;

describe('tokens', () => {
  it('are inspected and revoked one by one', async () => {
    const { access_token, refresh_token } = await login();
    expect(await inspect(access_token)).toMatchObject({ verdict: 'active', payload: { client_id: 'HRLINK' } });
    expect((await esia.admin('POST', '/__admin/tokens/revoke', { token: access_token })).status).toBe(204);
    expect((await inspect(access_token)).verdict).toBe('revoked: token');
    const refused = await esia.rest(path, access_token);
    expect([refused.status, codeOf(refused.text)]).toEqual([401, 'ESIA-005011']);
    expect((await esia.te(system.refreshFormA(refresh_token))).status).toBe(200);
  });

  it('that refresh are revoked too, and unknown ones are named', async () => {
    const { refresh_token } = await login();
    await esia.admin('POST', '/__admin/tokens/revoke', { token: refresh_token });
    expect((await esia.te(system.refreshFormA(refresh_token))).text).toContain('ESIA-007011');
    expect((await esia.admin('POST', '/__admin/tokens/revoke', { token: 'x' })).status).toBe(404);
    expect((await esia.admin('POST', '/__admin/tokens/inspect', { token: 'x' })).status).toBe(400);
  });

  it('end with the session, by the admin door and by logout', async () => {
    const { access_token, refresh_token } = await login();
    const { sid, oid } = (await esia.admin('GET', '/__admin/sessions')).body.sessions[0];
    expect(oid).toBe(person.esiaOid);
    expect((await esia.admin('DELETE', `/__admin/sessions/${sid}`)).status).toBe(204);
    expect(codeOf((await esia.rest(path, access_token)).text)).toBe('ESIA-005011');
    expect((await esia.te(system.refreshFormB(refresh_token))).text).toContain('ESIA-007011');
    expect((await esia.admin('DELETE', `/__admin/sessions/${sid}`)).status).toBe(404);
  });

  it('lose their rights when the consent is taken back, until it is given again', async () => {
    const { access_token, refresh_token } = await login();
    const { body } = await esia.admin('GET', '/__admin/consents');
    expect(body.consents).toMatchObject([{ oid: person.esiaOid, clientId: 'HRLINK' }]);
    expect((await esia.admin('DELETE', `/__admin/consents/HRLINK/${person.esiaOid}`)).status).toBe(204);
    const refused = await esia.rest(path, access_token);
    expect([refused.status, codeOf(refused.text)]).toEqual([403, 'ESIA-005029']);
    expect((await esia.te(system.refreshFormA(refresh_token))).text).toContain('ESIA-007011');
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 2000 });
    const again = await login();
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 0 });
    expect((await esia.rest(path, again.access_token)).status).toBe(200);
  });
});

describe('the signing key', () => {
  it('is replaced while running: new tokens need the new certificate, old ones stay accepted', async () => {
    const before = (await login()).access_token;
    const oldPem = (await esia.admin('GET', '/__admin/token-certificate.pem')).body;
    const oldZip = await call(`${esia.url}/public/esia.zip`);
    const { status, body } = await esia.admin('POST', '/__admin/token-keys/RS256/rotate', { isPublished: false });
    expect([status, body.previous.length, body.current === body.published]).toEqual([200, 1, false]);
    expect((await call(`${esia.url}/public/esia.zip`)).text).toBe(oldZip.text);
    const after = (await login()).access_token;
    const { signed, signature } = readJwt(after);
    const isBy = (pem: string) => verify('RSA-SHA256', signed, new X509Certificate(pem).publicKey, signature);
    const newPem = (await esia.admin('GET', '/__admin/token-certificate.pem')).body;
    expect([isBy(oldPem), isBy(newPem)]).toEqual([false, true]);
    for (const token of [before, after]) expect((await esia.rest(path, token)).status).toBe(200);
  });

  it('is replaced at a time', async () => {
    const at = new Date(Date.now() + 60_000).toISOString();
    const { body } = await esia.admin('POST', '/__admin/token-keys/GOST3410_2012_256/rotate', { at });
    expect(body.next).toMatchObject({ at });
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 61_000 });
    const { keys } = (await esia.admin('GET', '/__admin/token-keys')).body;
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 0 });
    expect(keys[1]).toMatchObject({ current: body.next.thumbprint, previous: [body.current] });
    expect((await esia.admin('POST', '/__admin/token-keys/none/rotate', {})).status).toBe(400);
  });
});

describe('an account', () => {
  it('is edited field by field and reset', async () => {
    const { access_token } = await login();
    const read = async () => JSON.parse((await esia.rest(path, access_token)).text);
    const original = await read();
    const edit = { firstName: 'Пётр', isTrusted: false, status: 'DELETED', isMobileVerified: false };
    const { status, body } = await esia.admin('PUT', `/__admin/persons/${person.esiaOid}`, edit);
    expect([status, body.person.firstName]).toEqual([200, 'Пётр']);
    const edited = await read();
    expect(edited).toMatchObject({ firstName: 'Пётр', trusted: false, status: 'DELETED' });
    expect(edited.eTag).not.toBe(original.eTag);
    expect(edited.updatedOn).toBeGreaterThan(original.updatedOn);
    const contacts = await esia.rest(`${path}/ctts?embed=(elements)`, access_token);
    expect(JSON.parse(contacts.text).elements).toMatchObject([{ type: 'MBT', vrfStu: 'NOT_VERIFIED' }]);
    const filtered = await esia.walk(system.authorization({ person_filter: 'conf_acc' }), person.phone);
    expect(filtered.get('error_description')).toContain('ESIA-007055');
    expect(readJwt((await login()).id_token).payload['urn:esia:sbj']).not.toHaveProperty('urn:esia:sbj:is_tru');
    expect((await esia.admin('DELETE', `/__admin/persons/${person.esiaOid}`)).status).toBe(204);
    expect(await read()).toEqual(original);
  });

  it.each([
    ['1', {}, 404],
    [String(person.esiaOid), { snils: '1' }, 400],
    [String(person.esiaOid), { nonsense: 1 }, 400],
  ])('%s with %j is answered with %i', async (oid, edit, status) => {
    const reply = await esia.admin('PUT', `/__admin/persons/${oid}`, edit);
    expect([reply.status, typeof reply.body.error]).toEqual([status, 'string']);
  });
});
