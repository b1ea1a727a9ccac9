import { defaultPopulation } from '@poligon/people';
import { CaStand, type Method } from './ca-stand.js';
import { base64, DssUser } from './dss-user.js';

const person = defaultPopulation.person(12);

describe('КриптоПро DSS beside signatures', () => {
  let stand: CaStand;
  beforeAll(async () => {
    stand = await CaStand.start({ CA_CALLBACK_RETRIES_MS: '1,1', CA_CODE_RESEND_MS: '0' });
  });
  afterAll(() => stand.close());

  it('a key with a PIN code signs with it alone, whichever call brings it', async () => {
    const user = await DssUser.signIn(stand, 'Пинов Пётр');
    expect((await user.generate('1234')).body.CertId).toBe(1);
    expect((await user.server('GET', '/certificates')).body[0]).toMatchObject({ ID: 1, HasPin: true });
    const refused = { status: 400, body: { Message: 'invalid_pin' } };
    expect(await user.sign('x', {})).toMatchObject(refused);
    expect(await user.sign('x', { PinCode: '12345' })).toMatchObject(refused);
    expect((await user.sign('x', { PinCode: '1234' })).status).toBe(200);
    const BinaryData = [{ Content: base64('x') }];
    expect(await user.server('POST', '/v2/signature', { BinaryData })).toMatchObject(refused);
    expect((await user.server('POST', '/v2/signature', { BinaryData, PinCode: '1234' })).status).toBe(200);
    expect((await stand.admin('GET', '/journal?limit=1000')).text).not.toContain('"PinCode":"1234"');
  });

  it('a PIN code given with the request protects its certificate', async () => {
    const user = await DssUser.signIn(stand, 'pin-of-request');
    const DistinguishedName = { '2.5.4.3': `${person.lastName} ${person.firstName}` };
    await user.server('POST', '/v2/requests', { DistinguishedName, PinCode: 'секрет' });
    while ((await user.server('GET', '/v2/requests/1')).body.Status === 'PENDING');
    expect((await user.sign('x', { CertificateId: 1, PinCode: 'нет' })).body).toEqual({ Message: 'invalid_pin' });
    expect((await user.sign('x', { CertificateId: 1, PinCode: 'секрет' })).status).toBe(200);
  });

  it.each([
    ['/keys/generate', { AlgId: 11849 }, 'algid_is_not_supported'],
    ['/keys/generate', { ParametersOid: '1.2.3' }, 'param_set_is_not_supported'],
    ['/keys/generate', { PinCode: 5 }, 'parameters_required'],
    ['/documents/encrypt', {}, 'content_required'],
    ['/documents/encrypt', { Content: '!' }, 'invalid_content'],
    ['/documents/encrypt', { Content: 'AAAA' }, 'invalid_recipients'],
    ['/documents/encrypt', { Content: 'AAAA', Recipients: [] }, 'invalid_recipients'],
    ['/documents/encrypt', { Content: 'AAAA', Recipients: ['AAAA'] }, 'invalid_recipients'],
    ['/certificates', {}, 'parameters_required'],
    ['/certificates', { Base64Certificate: 'AAAA' }, 'invalid_content'],
    ['/documents', { Content: 'AAAA', Signature: { Type: 'XML' } }, 'invalid_content'],
    ['/documents', { Content: 'AAAA', Signature: { Type: 'PDF' } }, 'invalid_content'],
    [
      '/documents',
      { Content: 'AAAA', Signature: { Type: 'PDF', Parameters: { PDFFormat: 'x' } } },
      'invalid_signature_params',
    ],
    [
      '/documents',
      { Content: 'AAAA', Signature: { Parameters: { CmsSignatureType: 'x' } } },
      'invalid_signature_params',
    ],
    ['/documents', { Content: 'AAAA', Signature: { Parameters: { CmsSignatureType: 'cosign' } } }, 'invalid_content'],
    ['/documents', { Content: 'AAAA', Signature: { Type: 'constructor' } }, 'invalid_signature_params'],
    ['/documents', { Content: 'AAAA', Signature: { ProcessingTemplateId: -1 } }, 'parameters_required'],
  ])('POST %s %j is %s', async (path, body, Message) => {
    const user = await DssUser.signIn(stand, 'Таблицын Тарас');
    await user.generate();
    expect(await user.server('POST', path, body)).toMatchObject({ status: 400, body: { Message } });
  });

  it('installs what it issued, revokes a generated key and withdraws a request', async () => {
    const user = await DssUser.signIn(stand, 'Ключев Кирилл');
    const { Base64Certificate, CertId } = (await user.generate()).body;
    expect((await user.server('POST', '/certificates', { Base64Certificate })).body).toMatchObject({ ID: CertId });
    expect((await user.server('DELETE', `/certificates/${CertId}`)).status).toBe(200);
    expect((await user.sign('x', {})).body).toEqual({ Message: 'enroll_is_missing' });
    const rule = { fault: 'issue-stuck', operations: ['dss.request-create'] };
    await stand.admin('PUT', '/faults/stuck', rule);
    const { ID } = (await user.server('POST', '/requests', { DistinguishedName: { '2.5.4.3': 'Ключев Кирилл' } })).body;
    await stand.admin('DELETE', '/faults/stuck');
    expect((await user.server('DELETE', `/requests/${ID}`)).status).toBe(200);
    expect((await user.server('GET', `/requests/${ID}`)).body.Status).toBe('REJECTED');
    expect((await user.server('DELETE', '/requests/99')).status).toBe(404);
  });

  it('knows users: password, confirmed phone, what must be confirmed', async () => {
    const operator = await DssUser.signIn(stand, 'operator');
    const ums = (method: Method, path: string, body?: unknown) => operator.call(method, `/STS/ums${path}`, body);
    const phone = defaultPopulation.person(13).phone;
    const { body: id } = await ums('POST', '/user', { Login: 'Умс Ульяна', Password: 'own', PhoneNumber: `+${phone}` });
    expect((await ums('POST', '/user', { Login: 'Умс Ульяна' })).body).toEqual({ error: 'user_exists' });
    expect((await ums('GET', `/user/${id}`)).body).toMatchObject({ Login: 'Умс Ульяна', PhoneNumberConfirmed: false });
    expect((await DssUser.ask(stand, 'Умс Ульяна', 'poligon')).body).toEqual({ error: 'invalid_grant' });
    const user = await DssUser.signIn(stand, 'Умс Ульяна', 'own');
    await user.generate();
    expect((await ums('POST', `/user/${id}/phones/${phone}/confirm`)).status).toBe(200);
    await ums('POST', `/user/${id}/operationpolicy`, [{ Action: 2, ConfirmationRequired: true }]);
    const created = await user.server('POST', '/v2/signature', { BinaryData: [{ Content: base64('x') }] });
    expect(created.body.Status).toBe('Created');
    const { AccessToken } = (await user.confirm(created.body.OperationId, phone)).body;
    expect((await user.server('POST', '/v2/signature', {}, AccessToken)).body.Status).toBe('Completed');
    expect((await ums('POST', '/users', { Login: 'Умс Ульяна' })).body).toMatchObject({
      TotalCount: 1,
      AffectedCount: 1,
    });
  });

  it.each([
    ['GET', '/user/x', undefined, 404, 'user_not_found'],
    ['POST', '/user', {}, 400, 'invalid_request'],
    ['POST', '/user', { Login: 'a\nb' }, 400, 'invalid_request'],
    ['POST', '/user', { Login: 'a', PhoneNumber: '1' }, 400, 'invalid_request'],
    ['POST', '/user/{id}/password', { Password: '' }, 400, 'invalid_request'],
    ['POST', '/user/{id}/phones', { PhoneNumber: 'x' }, 400, 'invalid_request'],
    ['POST', '/user/{id}/phones/79990000000/confirm', undefined, 404, 'phone_not_found'],
    ['POST', '/user/{id}/operationpolicy', {}, 400, 'invalid_request'],
    ['POST', '/users', { Take: 0 }, 400, 'invalid_request'],
    ['POST', '/user/{id}/authmethod/idonly', undefined, 200, undefined],
    ['POST', '/user/{id}/authmethod/mydss?level=0', undefined, 200, undefined],
    ['POST', '/user/{id}/mydss/init', undefined, 200, undefined],
    ['POST', '/user/{id}/mobileauth', undefined, 200, undefined],
    ['GET', '/user/{id}/operationpolicy', undefined, 200, undefined],
    ['GET', '/user/{id}/phones', undefined, 200, undefined],
    ['GET', '/policy', undefined, 200, undefined],
  ] as const)('user management: %s %s %j is %d %s', async (method, path, body, status, error) => {
    const operator = await DssUser.signIn(stand, 'operator');
    const { body: id } = await operator.call('POST', '/STS/ums/user', {
      Login: `${method} ${path} ${JSON.stringify(body)}`,
    });
    const answer = await operator.call(method, `/STS/ums${path.replace('{id}', id)}`, body);
    expect(answer.status).toBe(status);
    if (error !== undefined) expect(answer.body).toEqual({ error });
    expect((await operator.call(method, `/STS/ums${path}`, body, 'x')).status).toBe(401);
  });

  it('generated certificates name the user and lead to the root', async () => {
    const user = await DssUser.signIn(stand, 'Цепной Цезарь');
    const { Base64Certificate } = (await user.generate()).body;
    const { body } = await user.sign('x', {});
    const [{ SignerCertificate, SignerCertificateInfo }] = (
      await user.call('POST', '/SVS/rest/api/signatures', { Content: body, Source: base64('x') })
    ).body;
    expect(SignerCertificate).toBe(Base64Certificate);
    expect(SignerCertificateInfo.SubjectName).toContain('2.5.4.3=Цепной Цезарь');
  });
});
