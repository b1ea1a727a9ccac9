import { defaultPopulation } from '@poligon/people';
import { parseCertificate, signatureSuite } from '@poligon/pki';
import { call, CaStand, type Answer, type Method } from './ca-stand.js';

const SNILS = '1.2.643.100.3';
const INN = '1.2.643.3.131.1.1';
const person = defaultPopulation.person(11);
const document = Buffer.from('Приказ о приёме на работу').toString('base64');
let stand: CaStand;
let token: string;

beforeAll(async () => {
  stand = await CaStand.start();
});
afterAll(() => stand.close());

async function signIn(username: string, password = 'poligon', client = 'poligon') {
  const form = new URLSearchParams({ grant_type: 'password', username, password, client_id: client }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call('POST', `${stand.emulator.protocolUrl}/STS/oauth/token`, form, headers);
}
const dss = (method: Method, path: string, body?: unknown, bearer = token): Promise<Answer> =>
  call(method, `${stand.emulator.protocolUrl}${path}`, body, { authorization: `Bearer ${bearer}` });
const sign = (method: Method, path: string, body?: unknown, bearer?: string) =>
  dss(method, `/SignServer/rest/api${path}`, body, bearer);
const verify = (Content: string, Source?: string) => dss('POST', '/SVS/rest/api/signatures', { Content, Source });

async function untilAccepted(id: number): Promise<Answer> {
  for (;;) {
    const found = await sign('GET', `/requests/${id}`);
    if (found.body.Status !== 'PENDING') return found;
  }
}

describe('profile dss', () => {
  it('gives a token for a password and no other', async () => {
    expect(await signIn('u', 'wrong')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await signIn('u', 'poligon', 'x')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const { body } = await signIn('user-1');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
    token = body.access_token;
    expect((await sign('GET', '/policy', undefined, 'x')).status).toBe(401);
    expect((await sign('GET', '/policy')).body.CAPolicy[0].ID).toBe(1);
  });

  it('issues a certificate on request, after which it may sign', async () => {
    expect(await sign('POST', '/documents', { Content: document })).toMatchObject({
      ...{ status: 400, body: { Message: 'enroll_is_missing' } },
    });
    expect((await sign('POST', '/requests', { DistinguishedName: {} })).body).toEqual({
      Message: 'parameters_required',
    });
    const name = { '2.5.4.3': `${person.lastName} ${person.firstName}`, [SNILS]: person.snils, [INN]: person.inn };
    const created = await sign('POST', '/requests', { DistinguishedName: name, Phone: person.phone });
    expect(created.body).toMatchObject({ ID: 1, Status: 'PENDING', CertificateID: null });
    expect((await untilAccepted(1)).body).toMatchObject({ Status: 'ACCEPTED', CertificateID: 1 });
    expect((await sign('GET', '/certificates')).body).toMatchObject([
      { ID: 1, IsDefault: true, Status: { Value: 'ACTIVE' } },
    ]);
  });

  it.each([
    ['detached', 'True', 'BES'],
    ['attached', 'False', 'BES'],
    ['with a time-stamp', 'True', 'T'],
  ])('signs at once, %s, and its verification service accepts it', async (_name, IsDetached, CADESType) => {
    const Signature = { Type: 'CAdES', Parameters: { CADESType, IsDetached }, CertificateId: 0, PinCode: '' };
    const { body } = await sign('POST', '/documents', { Content: document, Name: 'a.pdf', Signature });
    const [verdict] = (await verify(body, IsDetached === 'True' ? document : undefined)).body;
    expect(verdict).toMatchObject({ Result: true, SignatureInfo: { CAdESType: CADESType } });
    expect((await verify(body, Buffer.from('another').toString('base64'))).body[0].Result).toBe(false);
  });

  it.each([
    [{ Content: '' }, 'content_required'],
    [{ Content: '!' }, 'invalid_content'],
    [{ Content: 'AA==', Signature: { Type: 'MSOffice' } }, 'invalid_signature_params'],
    [{ Content: 'AA==', Signature: { Type: 'PDF' } }, 'invalid_content'],
    [{ Content: 'AA==', Signature: { CertificateId: 99 } }, 'enroll_is_missing'],
    [{ Content: 5 }, 'parameters_required'],
    [{}, 'content_required'],
  ])('refuses %j with %s', async (body, Message) => {
    expect(await sign('POST', '/documents', body)).toMatchObject({ status: 400, body: { Message } });
  });

  it('signs several documents confirmed by one code from an SMS', async () => {
    const Parameters = [{ Name: 'CertificateID', Value: '1' }];
    const Documents = [{ Content: document }, { Content: 'AAAA' }];
    const id = (await sign('POST', '/transactions', { OperationCode: 2, Parameters, Documents })).body;
    const asked = await dss('POST', '/STS/confirmation', { Resource: 'urn:x', TransactionTokenId: id });
    const [{ RefID: RefId }] = asked.body.Challenge.TextChallenge;
    const sms = await stand.gateway.wait(({ body }) => body.includes(person.phone));
    const code = /\d{6}/.exec(new URLSearchParams(sms.body).get('mes')!)![0];
    const answer = (Value: string) =>
      dss('POST', '/STS/confirmation', { ChallengeResponse: { TextChallengeResponse: [{ RefId, Value }] } });
    expect((await answer('1')).body).toMatchObject({ IsError: true, ErrorDescription: 'Неверный код' });
    const { AccessToken } = (await answer(code)).body;
    const signatures: string[] = (await sign('POST', '/documents', {}, AccessToken)).body;
    expect(signatures).toHaveLength(2);
    expect((await verify(signatures[1]!, 'AAAA')).body[0].Result).toBe(true);
    expect((await stand.admin('GET', '/journal?limit=1000')).text).not.toContain(`"${code}"`);
  });

  it('makes a bare signature value', async () => {
    const Signature = { Type: 'Raw', CertificateId: 0 };
    const { body } = await sign('POST', '/documents', { Content: document, Signature });
    const [{ CertificateBase64 }] = (await sign('GET', '/certificates')).body;
    const { spki } = parseCertificate(Buffer.from(CertificateBase64, 'base64'));
    const suite = signatureSuite('ecdsa-p256');
    expect(suite.verify(spki, Buffer.from(document, 'base64'), Buffer.from(body, 'base64'))).toBe(true);
  });

  it('says who signed', async () => {
    const { body: Content } = await sign('POST', '/documents', { Content: document });
    const [signer] = (await dss('POST', '/SVS/rest/api/signatures/signersinfo', { Content })).body;
    expect(signer.SignerCertificateInfo.SubjectName).toContain(person.lastName);
    expect((await dss('POST', '/SVS/rest/api/signatures/signersinfo', { Content: 'AAAA' })).status).toBe(400);
  });

  it('gives tokens for codes and refresh tokens, each once', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const grant = (form: Record<string, string>) =>
      call(
        'POST',
        `${stand.emulator.protocolUrl}/STS/oauth/token`,
        new URLSearchParams({ client_id: 'poligon', ...form }).toString(),
        headers,
      );
    const at = `${stand.emulator.protocolUrl}/STS/oauth/authorize/certificate?client_id=poligon&redirect_uri=urn:x&state=s`;
    expect((await call('GET', at)).status).toBe(401);
    const redirected = await call('GET', at, undefined, { 'x-client-certificate-name': 'operator' });
    const location = String(redirected.headers['location']);
    expect([redirected.status, location]).toEqual([302, expect.stringMatching(/^urn:x\?code=.+&state=s$/)]);
    const code = /code=([^&]+)/.exec(location)![1]!;
    const first = await grant({ grant_type: 'authorization_code', code });
    expect((await grant({ grant_type: 'authorization_code', code })).body).toEqual({ error: 'invalid_grant' });
    const refresh = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token };
    const second = await grant(refresh);
    expect((await grant(refresh)).status).toBe(400);
    expect((await sign('GET', '/policy', undefined, second.body.access_token)).status).toBe(200);
  });

  it('completes an operation of the second edition, and revokes', async () => {
    const body = { BinaryData: [{ Content: 'AAAA' }], Signature: { CertificateId: 1 } };
    const { Status, Result } = (await sign('POST', '/v2/signature', body)).body;
    expect([Status, (await verify(Result[0].Content, 'AAAA')).body[0].Result]).toEqual(['Completed', true]);
    expect((await sign('DELETE', '/certificates/1')).status).toBe(200);
    expect((await sign('POST', '/v2/signature', body)).body).toEqual({ Message: 'enroll_is_missing' });
  });
});
