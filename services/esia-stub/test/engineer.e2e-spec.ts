import { createPrivateKey, createSign } from 'node:crypto';
import { defaultPopulation as people } from '@poligon/people';
import { signatureSuite } from '@poligon/pki';
import { EsiaWorld, startEsia } from './esia-world.js';
import { call, InformationSystem, makeIdentity } from './information-system.js';

const [anna, boris] = [people.person(301), people.person(302)];
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
let esia: EsiaWorld;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
});
afterAll(() => esia.emulator.close());

describe('certificates made for a client', () => {
  it.each(['gost2012_256', 'rsa'] as const)('let it log people in: %s', async (algorithm) => {
    const mnemonic = `MADE_${algorithm.toUpperCase()}`;
    await esia.admin('PUT', `/__admin/clients/${mnemonic}`, { certificatesPem: [], redirectUris: ['hr.example.test'] });
    const { status, body } = await esia.admin('POST', `/__admin/clients/${mnemonic}/certificates`, { algorithm });
    expect(status).toBe(201);
    const key = String(body.privateKeyPem);
    const keyPair =
      algorithm === 'rsa'
        ? { sign: (data: Buffer) => createSign('sha256').update(data).sign(createPrivateKey(key)) }
        : signatureSuite('gost2012-256').keyPairFromPem(key);
    const identity = { keyPair, certificate: Buffer.alloc(0), certificatePem: body.certificatePem };
    const made = new InformationSystem(mnemonic, identity, body.expectedHash);
    const { access_token } = await esia.login(made, anna.phone);
    expect((await esia.rest(`/rs/prns/${anna.esiaOid}`, access_token)).status).toBe(200);

    const path = `/__admin/clients/${mnemonic}/certificates/${body.expectedHash}`;
    expect((await esia.admin('DELETE', path)).status).toBe(204);
    const refused = await esia.ac(made.authorization());
    expect(String(refused.headers['location'])).toContain('ESIA-007053');
    expect((await esia.admin('DELETE', path)).status).toBe(404);
  });

  it('are refused for a client nobody registered, and beyond the bound', async () => {
    expect((await esia.admin('POST', '/__admin/clients/NOBODY/certificates', {})).status).toBe(404);
    expect((await esia.admin('POST', '/__admin/clients/HRLINK/certificates', { days: 0 })).status).toBe(400);
    const certificatesPem = Array.from({ length: 20 }, () => system.identity.certificatePem);
    await esia.admin('PUT', '/__admin/clients/FULL', { certificatesPem, redirectUris: ['hr.example.test'] });
    expect((await esia.admin('POST', '/__admin/clients/FULL/certificates', {})).status).toBe(409);
  });
});

describe('snapshots of accounts', () => {
  const edits = async () => (await esia.admin('GET', '/__admin/persons')).body.persons;

  it('bring edits back after changes and after a reset', async () => {
    const persons = [
      { oid: anna.esiaOid, edit: { firstName: 'Анна' } },
      { oid: boris.esiaOid, edit: { isTrusted: false } },
    ];
    expect((await esia.admin('PUT', '/__admin/persons', { persons })).body).toEqual({ changed: 2 });
    const kept = await edits();
    expect((await esia.admin('PUT', '/__admin/person-snapshots/morning')).body).toMatchObject({ persons: 2 });
    await esia.admin('PUT', `/__admin/persons/${anna.esiaOid}`, { firstName: 'Жанна' });
    await esia.admin('POST', '/__admin/reset');
    expect(await edits()).toEqual([]);
    expect((await esia.admin('POST', '/__admin/person-snapshots/morning/restore')).status).toBe(200);
    expect(await edits()).toEqual(kept);
    expect((await esia.admin('GET', '/__admin/person-snapshots')).body.snapshots).toMatchObject([{ name: 'morning' }]);
    expect((await esia.admin('DELETE', '/__admin/person-snapshots/morning')).status).toBe(204);
    expect((await esia.admin('POST', '/__admin/person-snapshots/morning/restore')).status).toBe(404);
  });

  it('are bounded, and names are checked', async () => {
    for (let at = 0; at < 20; at += 1) await esia.admin('PUT', `/__admin/person-snapshots/s${at}`);
    expect((await esia.admin('PUT', '/__admin/person-snapshots/s20')).status).toBe(507);
    expect((await esia.admin('PUT', '/__admin/person-snapshots/s3')).status).toBe(200);
    expect((await esia.admin('PUT', '/__admin/person-snapshots/%20')).status).toBe(400);
  });

  it('refuse an edit of a person who does not exist without changing anybody', async () => {
    const persons = [
      { oid: anna.esiaOid, edit: { firstName: 'Инна' } },
      { oid: 1, edit: {} },
    ];
    expect((await esia.admin('PUT', '/__admin/persons', { persons })).status).toBe(404);
    expect((await esia.admin('GET', `/__admin/persons/${anna.esiaOid}`)).body.person.firstName).not.toBe('Инна');
  });
});

describe('tokens made without a login', () => {
  it('open what their scopes allow and refresh', async () => {
    const order = { clientId: 'HRLINK', person: { phone: boris.phone }, scopes: ['openid', 'snils'], isOffline: true };
    const { status, body } = await esia.admin('POST', '/__admin/tokens', order);
    expect(status).toBe(201);
    const prn = JSON.parse((await esia.rest(`/rs/prns/${boris.esiaOid}`, body.access_token)).text);
    expect(prn).toHaveProperty('snils');
    expect(prn).not.toHaveProperty('firstName');
    expect((await esia.te(system.refreshFormA(body.refresh_token))).status).toBe(200);
  });

  it.each([
    [{ clientId: 'NOBODY', person: { phone: boris.phone } }, 404],
    [{ clientId: 'HRLINK', person: { oid: 1 } }, 404],
    [{ clientId: 'HRLINK', person: { phone: boris.phone }, scopes: ['shoe_size'] }, 400],
  ])('are refused: %j', async (order, status) => {
    expect((await esia.admin('POST', '/__admin/tokens', order)).status).toBe(status);
  });
});

it('tells of sessions, codes and the time spent on signatures in /metrics', async () => {
  await esia.login(system, anna.phone);
  const { text } = await call(`${esia.emulator.adminUrl}/metrics`);
  const valueOf = (name: string) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1]);
  expect(valueOf('poligon_esia_sessions')).toBeGreaterThan(0);
  expect(valueOf('poligon_esia_codes')).toBeGreaterThan(0);
  expect(valueOf('poligon_esia_clients')).toBeGreaterThan(0);
  expect(valueOf('poligon_esia_signature_checks_total')).toBeGreaterThan(1);
  expect(valueOf('poligon_esia_signature_check_seconds_total')).toBeGreaterThan(0);
});
