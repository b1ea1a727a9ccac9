import { defaultPopulation, fullName } from '@poligon/people';
import {
  attribute,
  CertificateAuthority,
  createCsr,
  parseCertificate,
  fromPem,
  signatureSuite,
  signCms,
} from '@poligon/pki';
import { request } from 'undici';
import { createClientAsync, type Client } from 'soap';
import { call, CaStand } from './ca-stand.js';

const NAMESPACE = 'http://cryptopro.ru/pki/registration/service/2010/03';
const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const EMAIL = '1.2.840.113549.1.9.1';
const FOLDER = 'c5619331-7426-e611-80ed-00505681c485';
const person = defaultPopulation.person(31);
const suite = signatureSuite('ecdsa-p256');
const operator = (() => {
  const keyPair = suite.generateKeyPair();
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', 'Оператор')],
    ...validity,
  });
  return { keyPair, certificate };
})();
const signed = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  signCms({ ...operator, content: Buffer.from(text, encoding), signingTime: new Date(), detached: false }).toString(
    'base64',
  );
const profile = (values: Record<string, string>): string =>
  `<ProfileAttributesChange> \n<To> \n${Object.entries(values)
    .map(([Oid, Value]) => `<Attribute Oid="${Oid}" Value="${Value}" /> \n`)
    .join('')}</To> \n</ProfileAttributesChange> \n`;
const rows = (xml: string): Record<string, string>[] =>
  [...xml.matchAll(/<z:row ([^>]*)\/>/g)].map(([, attributes]) =>
    Object.fromEntries([...attributes!.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!])),
  );

let stand: CaStand;
let client: Client;
let address: string;

beforeAll(async () => {
  stand = await CaStand.start();
  address = `${stand.emulator.protocolUrl}/RA/RegAuthLegacyService.svc`;
  client = await createClientAsync(`${address}?singleWsdl`, { disableCache: true });
});
afterAll(() => stand.close());

async function ask(operation: string, given: Record<string, unknown>) {
  const [answer] = await client[`${operation}Async`](given);
  return answer;
}
const register = (rawRequest: string, email = person.email) =>
  ask('SubmitAndAcceptRegRequest', {
    ...{ folderId: FOLDER, rawRequest, email, keyPhrase: 'key', description: 'd', managerComment: 'm' },
    sendNotification: false,
  });
const list = (operation: string, conditionField: string, conditionValue: string, more: object = {}) =>
  ask(operation, {
    ...{ folderId: FOLDER, status: '', sortField: '', sortAscending: true, conditionField, conditionValue },
    ...{ conditionOperator: 8, page: 1, pageSize: 100, countTotal: true, ...more },
  });
const faultOf = async (answer: Promise<unknown>) => {
  const failure = (await answer.catch((reason: unknown) => reason)) as {
    root?: { Envelope: { Body: { Fault: { detail?: { ErrorInfo: { ErrorCode: string } } } } } };
  };
  return failure.root?.Envelope.Body.Fault.detail?.ErrorInfo.ErrorCode;
};

describe('profile ca20 with the public soap client', () => {
  let userId: string;

  it('registers a user whose request an operator signed, and tells of the request', async () => {
    const attributes = { '2.5.4.3': fullName(person), [EMAIL]: person.email, '1.3.6.1.4.1.311.20.2.3': 'login' };
    const { SubmitAndAcceptRegRequestResult: regRequestId } = await register(signed(profile(attributes)));
    const { GetRegRequestRecordResult } = await ask('GetRegRequestRecord', { regRequestId, fields: '' });
    const [row] = rows(GetRegRequestRecordResult);
    expect(row).toMatchObject({ RegRequestId: regRequestId, Status: 'A', FolderId: FOLDER });
    userId = row!['UserId']!;
  });

  it.each([
    ['UserId', () => userId],
    [`OID.${EMAIL}`, () => person.email],
    ['OID.2.5.4.3', () => fullName(person)],
  ])('finds the user by %s', async (field, value) => {
    const found = await list('GetUserRecordList', field, value());
    expect(found).toMatchObject({ resultCount: 1, totalRowCount: 1 });
    expect(rows(found.GetUserRecordListResult)).toEqual([expect.objectContaining({ UserId: userId, Status: 'A' })]);
    expect(await list('GetUserRecordList', field, 'x')).toMatchObject({ resultCount: 0 });
  });

  it('gives a token with which the user enrols a key of their own', async () => {
    const { webLogin, webPassword } = await ask('CreateTokenForUser', { userId });
    const csr = createCsr(suite.generateKeyPair(), [attribute('CN', 'Кто угодно')]);
    const enrol = async (credentials: string) => {
      const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
      const headers = { authorization, 'content-type': 'application/pkcs10' };
      const reply = await request(`${stand.emulator.protocolUrl}/pkcs10`, { method: 'POST', headers, body: csr });
      return { status: reply.statusCode, text: await reply.body.text() };
    };
    const { status, text } = await enrol(`${webLogin}:${webPassword}`);
    expect([status, parseCertificate(fromPem(text)).subject['2.5.4.3']]).toEqual([200, fullName(person)]);
    expect((await enrol(`${webLogin}:x`)).status).toBe(401);
    const found = await list('GetCertificateRecordList', 'UserId', userId, { status: 'V' });
    const [row] = rows(found.GetCertificateRecordListResult);
    expect(row).toMatchObject({ SerialNumber: parseCertificate(fromPem(text)).serialHex, UserId: userId, Status: 'V' });
  });

  it('revokes by a signed order, once', async () => {
    const found = await list('GetCertificateRecordList', 'UserId', userId, { status: 'V' });
    const [{ SerialNumber, Thumbprint }] = rows(found.GetCertificateRecordListResult) as [Record<string, string>];
    const order = { managerComment: 'СУИД', sendNotification: true };
    const wrong = signed(`SN=${SerialNumber},TP=${'0'.repeat(40)},RR=3`);
    expect(await faultOf(ask('SubmitAndAcceptRevRequest', { ...order, rawRequest: wrong }))).toBe(
      'certificate_not_found',
    );
    const rawRequest = signed(`SN=${SerialNumber},TP=${Thumbprint},RR=3`, 'utf16le');
    const { SubmitAndAcceptRevRequestResult } = await ask('SubmitAndAcceptRevRequest', { ...order, rawRequest });
    expect(SubmitAndAcceptRevRequestResult).toMatch(/^[0-9a-f-]{36}$/);
    expect(await faultOf(ask('SubmitAndAcceptRevRequest', { ...order, rawRequest }))).toBe('wrong_state');
    const { status, revocation } = (await stand.admin('GET', `/certificates/${SerialNumber}`)).body;
    expect([status, revocation.reason]).toEqual(['REVOKED', '3']);
    expect(await list('GetCertificateRecordList', 'UserId', userId, { status: 'V' })).toMatchObject({ resultCount: 0 });
  });

  it('certifies the key of a PKCS#10 request at once', async () => {
    const subject = [attribute('CN', 'Петров Пётр'), attribute('SNILS', person.snils), attribute('E', 'p@example.org')];
    const csr = createCsr(suite.generateKeyPair(), subject).toString('base64');
    const { SubmitAndAcceptRegRequestResult: id } = await register(csr, '');
    const found = await list('GetCertificateRecordList', 'RegRequestId', id);
    expect(rows(found.GetCertificateRecordListResult)).toEqual([
      expect.objectContaining({ Name: 'Петров Пётр', Status: 'V' }),
    ]);
  });

  it.each([
    ['no base64', () => register('!'), 'invalid_request'],
    ['no DER', () => register('AAAA'), 'invalid_request'],
    ['a CMS over something else', () => register(signed('<a/>')), 'invalid_request'],
    ['a CMS over no XML', () => register(signed('<a')), 'invalid_request'],
    ['an entity bomb inside', () => register(signed('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), 'invalid_request'],
    ['no attributes', () => register(signed(profile({}))), 'invalid_request'],
    ['a wrong OID', () => register(signed(profile({ x: 'y' }))), 'invalid_request'],
    ['a wrong СНИЛС', () => register(signed(profile({ '1.2.643.100.3': '11111111111' }))), 'snils_inn_error'],
    [
      'a PKCS#10 with a wrong proof',
      () => register(flipped(createCsr(suite.generateKeyPair(), [attribute('CN', 'x')]))),
      'invalid_request',
    ],
    [
      'a CMS with a wrong signature',
      () => register(flipped(Buffer.from(signed(profile({ '2.5.4.3': 'x' })), 'base64'))),
      'invalid_signature',
    ],
    ['an unknown user', () => ask('CreateTokenForUser', { userId: 'x' }), 'user_not_found'],
    ['an unknown request', () => ask('GetRegRequestRecord', { regRequestId: 'x' }), 'request_not_found'],
    ['an unknown field', () => list('GetUserRecordList', 'Height', '1'), 'unknown_field'],
    ['another operator', () => list('GetUserRecordList', 'UserId', '1', { conditionOperator: 2 }), 'unknown_field'],
    [
      'no order of revocation',
      () => ask('SubmitAndAcceptRevRequest', { rawRequest: signed('SN=,TP=,RR=') }),
      'invalid_request',
    ],
  ])('refuses %s with ErrorInfo', async (_name, act, code) => {
    expect(await faultOf(act())).toBe(code);
  });

  it('a fault of its own: the stop-list', async () => {
    const rule = { fault: 'stop-list', operations: ['ca20.submit-and-accept-reg-request'] };
    await stand.admin('PUT', '/faults/s', rule);
    expect(await faultOf(register(signed(profile({ '2.5.4.3': 'x' }))))).toBe('stop_list');
    await stand.admin('DELETE', '/faults/s');
  });
});

const flipped = (bytes: Buffer): string => {
  const spoilt = Buffer.from(bytes);
  spoilt[spoilt.length - 1]! ^= 1;
  return spoilt.toString('base64');
};

describe('profile ca20 on the wire', () => {
  const action = (name: string) => `"${NAMESPACE}/RegAuthLegacyContract/${name}"`;
  const envelope = (body: string, space = ENVELOPE, header = '') =>
    `<e:Envelope xmlns:e="${space}">${header}<e:Body>${body}</e:Body></e:Envelope>`;
  const token = (inside: string) => envelope(`<CreateTokenForUser xmlns="${NAMESPACE}">${inside}</CreateTokenForUser>`);
  const send = (body: string, soapaction = action('CreateTokenForUser'), type = 'text/xml; charset=utf-8') =>
    call('POST', address, body, { 'content-type': type, soapaction });

  it.each([
    ['another action', token(''), 'urn:x', 500, 'a:ActionNotSupported'],
    ['no action', token(''), '', 500, 'a:ActionNotSupported'],
    ['an action whose element is another', token(''), action('GetRegRequestRecord'), 500, 'a:DeserializationFailed'],
    ['SOAP 1.2', envelope('', 'http://www.w3.org/2003/05/soap-envelope'), undefined, 500, 's:VersionMismatch'],
    [
      'an obligatory header',
      envelope('', ENVELOPE, '<e:Header><h xmlns="urn:h" e:mustUnderstand="1"/></e:Header>'),
      undefined,
      500,
      's:MustUnderstand',
    ],
    ['an unknown user', token('<userId>u</userId>'), undefined, 500, 'user_not_found'],
    ['no XML', 'x', undefined, 400, ''],
    ['nothing', '', undefined, 400, ''],
    ['another root', '<a/>', undefined, 400, ''],
    ['a document type', `<!DOCTYPE a [<!ENTITY x "y">]>${token('&x;')}`, undefined, 400, ''],
    ['depth', `${'<a>'.repeat(100_000)}`, undefined, 400, ''],
  ])('answers %s', async (_name, body, soapaction, status, text) => {
    const answer = await send(body, soapaction);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
    expect(answer.headers['content-type']).toBe(
      status === 500 ? 'text/xml; charset=utf-8' : 'text/plain; charset=utf-8',
    );
  });

  it.each([
    ['boolean', 'sortAscending', 'yes'],
    ['int', 'page', '1e3'],
    ['int', 'page', '99999999999'],
    ['int', 'page', '3000000000'],
  ])('a value that is no %s is told by its name', async (type, name, value) => {
    const body = `<GetUserRecordList xmlns="${NAMESPACE}"><${name}>${value}</${name}></GetUserRecordList>`;
    const { text } = await send(envelope(body), action('GetUserRecordList'));
    expect(text).toContain(`The value of '${name}' cannot be parsed as the type '${type}'.`);
  });

  it('takes no other content type, shows a page to a browser and no other path', async () => {
    expect((await send(token(''), undefined, 'application/soap+xml')).status).toBe(415);
    expect((await call('GET', address)).headers['content-type']).toContain('text/html');
    expect((await call('GET', `${stand.emulator.protocolUrl}/RA/Other.svc`)).status).toBe(404);
    expect((await call('GET', `${stand.emulator.protocolUrl}/ra/regauthlegacyservice.SVC?WSDL`)).text).toContain(
      '<wsdl:definitions',
    );
  });

  it('any fault of the catalogue can be asked for', async () => {
    const rule = { fault: 'error', operations: ['ca20.*'], options: { code: 'internal' } };
    expect((await stand.admin('PUT', '/faults/e', rule)).status).toBeLessThan(300);
    expect((await send(token(''))).text).toContain('a:InternalServiceFault');
    await stand.admin('DELETE', '/faults/e');
  });
});

describe('profile ca20 of an installation with other names', () => {
  it('reads, writes and describes them', async () => {
    const own = await CaStand.start({ CA_CA20_NAMES: '{"userId":"UserID","webLogin":"Login"}' });
    const at = `${own.emulator.protocolUrl}/RA/RegAuthLegacyService.svc`;
    const other = await createClientAsync(`${at}?wsdl`, { disableCache: true });
    const raw = createCsr(suite.generateKeyPair(), [attribute('CN', 'x')]).toString('base64');
    const [{ SubmitAndAcceptRegRequestResult: id }] = await other['SubmitAndAcceptRegRequestAsync']({
      rawRequest: raw,
    });
    const [{ GetRegRequestRecordResult }] = await other['GetRegRequestRecordAsync']({ regRequestId: id });
    const UserID = rows(GetRegRequestRecordResult)[0]!['UserId'];
    const [answer] = await other['CreateTokenForUserAsync']({ UserID });
    expect(answer.Login).toMatch(/^[0-9a-f]{12}$/);
    await own.close();
  });

  it.each(['[]', '{"x":"y"}', '{"userId":"a b"}', 'x'])('does not start with %s', async (CA_CA20_NAMES) => {
    await expect(CaStand.start({ CA_CA20_NAMES })).rejects.toThrow(/CA_CA20_NAMES: must be a JSON object/);
  });
});
