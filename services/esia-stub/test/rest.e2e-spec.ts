import { defaultPopulation as people, formatPhone } from '@poligon/people';
import { EsiaWorld, startEsia } from './esia-world.js';
import { call, InformationSystem, makeIdentity } from './information-system.js';

const person = people.person(1234);
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
const ALL =
  'openid fullname birthdate birthplace gender snils inn id_doc email mobile addresses vehicles kid_fullname birth_cert_doc';
let esia: EsiaWorld;
let token: string;
const path = `/rs/prns/${person.esiaOid}`;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
  token = (await esia.login(system, person.phone, ALL)).access_token;
});
afterAll(() => esia.emulator.close());

const tokenFor = async (scope: string) => (await esia.login(system, person.phone, scope)).access_token;
const get = async (tail: string, bearer = token) => JSON.parse((await esia.rest(path + tail, bearer)).text);

describe('/rs/prns/{oid}', () => {
  it('shows all fields in their forms with all scopes', async () => {
    const [year, month, day] = person.birthDate.split('-');
    expect(await get('')).toEqual({
      stateFacts: ['EntityRoot'],
      firstName: person.firstName,
      lastName: person.lastName,
      middleName: person.patronymic,
      birthDate: `${day}.${month}.${year}`,
      birthPlace: person.birthPlace,
      gender: person.gender === 'MALE' ? 'M' : 'F',
      snils: expect.stringMatching(/^\d{3}-\d{3}-\d{3} \d{2}$/),
      inn: person.inn,
      citizenship: 'RUS',
      rIdDoc: expect.any(Number),
      trusted: true,
      updatedOn: expect.any(Number),
      status: 'REGISTERED',
      verifying: false,
      containsUpCfmCode: false,
      eTag: expect.stringMatching(/^[0-9A-F]{40}$/),
    });
  });

  it.each([
    ['openid', []],
    ['openid fullname', ['firstName', 'lastName', 'middleName']],
    ['openid snils inn', ['snils', 'inn']],
    ['openid id_doc', ['citizenship', 'rIdDoc']],
  ])('shows with %s only its fields beside those always there', async (scope, fields) => {
    const always = ['stateFacts', 'trusted', 'updatedOn', 'status', 'verifying', 'containsUpCfmCode', 'eTag'];
    expect(Object.keys(await get('', await tokenFor(scope))).sort()).toEqual([...always, ...fields].sort());
  });

  it('repeats the schema of Accept in Content-Type', async () => {
    const schema = 'https://esia.gosuslugi.ru/rs/model/prn/Person-3';
    const reply = await esia.rest(path, token, { accept: `application/json; schema="${schema}"` });
    expect(reply.headers['content-type']).toContain(`application/json; schema="${schema}"`);
  });

  it.each([
    '?embed=(contacts.elements,addresses.elements,documents.elements,vehicles.elements)',
    '?embed=%28contacts.elements-1,addresses.elements,documents.elements-1,vehicles.elements%29',
  ])('embeds collections for %s', async (query) => {
    const found = await get(query);
    expect(found.contacts).toMatchObject({ stateFacts: ['hasSize'], size: 2 });
    expect(found.documents.elements).toMatchObject([{ type: 'RF_PASSPORT', id: found.rIdDoc }]);
    expect(found.addresses.size).toBe(2);
    expect(found.vehicles.size).toBe(1);
    expect(found.firstName).toBe(person.firstName);
  });

  it('embeds nothing for embed=() and nothing the scopes do not open', async () => {
    expect(await get('?embed=()')).not.toHaveProperty('contacts');
    const narrow = await tokenFor('openid fullname');
    expect(await get('?embed=(contacts.elements)', narrow)).not.toHaveProperty('contacts');
  });

  it('tolerates doubled and trailing slashes', async () => {
    expect((await esia.rest(`/rs/prns/${person.esiaOid}//vhls?embed=(elements)`, token)).status).toBe(200);
    expect((await esia.rest(`${path}/`, token, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
      200,
    );
  });
});

describe('collections', () => {
  it('link elements by absolute addresses that answer', async () => {
    for (const name of ['ctts', 'addrs', 'docs']) {
      const { elements, size } = await get(`/${name}`);
      expect(elements).toHaveLength(size);
      for (const link of elements as string[]) {
        expect(link.startsWith(`${esia.url}${path}/${name}/`)).toBe(true);
        const element = await call(link, { headers: { authorization: `Bearer ${token}` } });
        expect(JSON.parse(element.text)).toMatchObject({ stateFacts: ['Identifiable'], eTag: expect.any(String) });
      }
    }
  });

  it('show contacts in the forms of ESIA', async () => {
    const { elements } = await get('/ctts?embed=(elements)');
    expect(elements).toMatchObject([
      { type: 'MBT', vrfStu: 'VERIFIED', value: formatPhone(person.phone) },
      { type: 'EML', vrfStu: 'VERIFIED', value: person.email },
    ]);
  });

  it('show only permitted types of contacts', async () => {
    const { elements, size } = await get('/ctts?embed=(elements)', await tokenFor('openid email'));
    expect([size, elements[0].type]).toEqual([1, 'EML']);
  });

  it('show the passport without dash in issueId', async () => {
    const { elements } = await get('/docs?embed=(elements)');
    expect(elements[0]).toMatchObject({
      type: 'RF_PASSPORT',
      series: person.passport.series,
      number: person.passport.number,
      issueId: person.passport.departmentCode.replace('-', ''),
      issueDate: expect.stringMatching(/^\d\d\.\d\d\.\d{4}$/),
    });
  });

  it('hold the vehicle of a person who has one', async () => {
    const { elements } = await get('/vhls?embed=(elements)');
    expect(elements).toMatchObject([{ numberPlate: expect.stringMatching(/00$/), regCertificate: { series: '0000' } }]);
  });

  it('are empty for a person without vehicles and children', async () => {
    const other = people.person(3);
    const bearer = (await esia.login(system, other.phone, ALL)).access_token;
    for (const name of ['vhls', 'kids']) {
      const { text } = await esia.rest(`/rs/prns/${other.esiaOid}/${name}`, bearer);
      expect(JSON.parse(text)).toMatchObject({ stateFacts: ['hasSize'], size: 0, elements: [] });
    }
  });

  it('hold children with their documents', async () => {
    const parent = Array.from({ length: 100 }, (_, index) => people.person(index)).find(
      ({ index, birthDate }) => index % 3 === 2 && birthDate < '1990',
    )!;
    const bearer = (await esia.login(system, parent.phone, 'openid kid_fullname kid_birth_cert_doc')).access_token;
    const list = JSON.parse((await esia.rest(`/rs/prns/${parent.esiaOid}/kids`, bearer)).text);
    expect(list.size).toBe(2);
    const address = new URL(list.elements[0]).pathname;
    const kid = JSON.parse((await esia.rest(address, bearer)).text);
    expect(kid).toMatchObject({ lastName: parent.lastName });
    expect(kid).not.toHaveProperty('birthDate');
    const docs = JSON.parse((await esia.rest(`${address}/docs?embed=(elements)`, bearer)).text);
    expect(docs.elements).toMatchObject([{ type: 'RF_BRTH_CERT' }]);
    expect((await esia.rest(`/rs/prns/${parent.esiaOid}/kids/1/docs`, bearer)).status).toBe(404);
  });

  it('take links from the public base when one is set', async () => {
    const behind = new EsiaWorld(await startEsia({ ESIA_PUBLIC_URL: 'https://esia.stand.test/' }));
    await behind.register(system);
    const ac = await behind.ac(system.authorization());
    await behind.emulator.close();
    expect(ac.headers['location']).toBe('https://esia.stand.test/login');
    expect(String(ac.headers['set-cookie'])).toContain('; Secure');
  });
});

describe('/rs errors', () => {
  const stranger = people.esiaOidOf(77);
  it.each([
    ['no token', path, undefined, 401, 'ESIA-005011', 'SecurityErrorEnum.invalidToken'],
    ['a token of nobody', path, 'a.b.c', 401, 'ESIA-005011', 'SecurityErrorEnum.invalidToken'],
    ["somebody else's oid", `/rs/prns/${stranger}`, 'own', 403, 'ESIA-005029', 'SecurityErrorEnum.scopeNotAllowed'],
  ])('answer %s with code and message', async (_, url, bearer, status, code, message) => {
    const headers: Record<string, string> =
      bearer === undefined ? {} : { authorization: `Bearer ${bearer === 'own' ? token : bearer}` };
    const reply = await call(esia.url + url, { headers });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([status, { code, message }]);
    expect(reply.headers['content-type']).toContain('application/json');
  });

  it('answer a token with a changed signature, and an id_token, with 005011', async () => {
    const { access_token, id_token } = await esia.login(system, person.phone);
    const changed = access_token.slice(0, -4) + (access_token.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    for (const bearer of [changed, id_token]) expect((await get('', bearer)).code).toBe('ESIA-005011');
  });

  it('answer an expired token with 005013', async () => {
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 3_601_000 });
    const reply = await esia.rest(path, token);
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 0 });
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([401, 'ESIA-005013']);
  });

  it.each(['ctts', 'addrs', 'docs', 'vhls', 'kids', 'docs/12345'])(
    'answer /%s without its scope with 005029',
    async (name) => {
      const reply = await esia.rest(`${path}/${name}`, await tokenFor('openid fullname'));
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([403, 'ESIA-005029']);
    },
  );

  it.each(['/rs/prns/1', '/rs/prns/me', `${path}/ctts/1`, `${path}/kids/1`, `${path}/pets`, '/rs/nothing'])(
    'answer %s with 404 and an empty object',
    async (url) => {
      const reply = await esia.rest(url, token);
      expect([reply.status, reply.text]).toEqual([404, '{}']);
      expect(reply.headers['content-type']).toContain('application/json');
    },
  );
});
