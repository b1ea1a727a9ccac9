import { defaultPopulation } from '@poligon/people';
import { signatureSuite, verifyCms } from '@poligon/pki';
import { call, CaStand, konturRequest, type Answer } from './ca-stand.js';

const person = defaultPopulation.person(71);
const document = Buffer.from('Договор № 5');
const Data = document.toString('base64');
const suite = signatureSuite('ecdsa-p256');
let stand: CaStand;

beforeAll(async () => {
  stand = await CaStand.start();
});
afterAll(() => stand.close());
const url = (path: string) => `${stand.emulator.protocolUrl}${path}`;
const isValid = (signature: string | Buffer) => {
  const cms = typeof signature === 'string' ? Buffer.from(signature, 'base64') : signature;
  return verifyCms(cms, { digest: suite.digest(document) }).valid;
};

describe('profile dsssign', () => {
  const authorization = 'DiadocAuth ddauth_api_client_id=poligon, ddauth_token=t';
  let CertificateId: string;

  beforeAll(async () => {
    const { id } = (await stand.kontur('POST', '/issue-requests', konturRequest(person))).body;
    await stand.kontur('POST', `/issue-requests/${id}/send-code`);
    const sms = await stand.gateway.wait();
    const code = /\d{6}/.exec(new URLSearchParams(sms.body).get('mes')!)![0];
    await stand.kontur('POST', `/issue-requests/${id}/confirm`, { code });
    for (let state = ''; state !== 'ISSUED';) {
      ({ state, certificateId: CertificateId } = (await stand.kontur('GET', `/issue-requests/${id}`)).body);
    }
  });
  const order = (body: object, headers: Record<string, string> = { authorization }) =>
    call('POST', url('/DssSign'), body, headers);
  const Files = [{ Content: { Data }, FileName: 'a.pdf' }];
  const result = (taskId: string) => call('GET', url(`/DssSignResult?taskId=${taskId}`), undefined, { authorization });
  async function ended(taskId: string): Promise<Answer> {
    for (;;) {
      const answer = await result(taskId);
      if (answer.body.OperationStatus !== 'InProgress') return answer;
    }
  }

  it('signs whole files', async () => {
    const { body } = await order({ CertificateId, Files });
    const { OperationStatus, FileSigningResults } = (await ended(body.TaskId)).body;
    expect([OperationStatus, isValid(FileSigningResults[0].Signature)]).toEqual(['Completed', true]);
  });

  it.each([
    ['hsm-busy', 'OperationRetryRequired'],
    ['confirmation-cancelled', 'CanceledByUser'],
  ])('%s is told as %s', async (fault, status) => {
    await stand.admin('PUT', `/faults/${fault}`, { fault, operations: ['dss-sign.order'] });
    const { body } = await order({ CertificateId, Files });
    expect((await result(body.TaskId)).body.OperationStatus).toBe(status);
    await stand.admin('DELETE', `/faults/${fault}`);
  });

  it.each([
    [401, { CertificateId: 'x', Files }, {}],
    [400, { Files }, { authorization }],
    [400, { CertificateId: 'x', Files: [] }, { authorization }],
    [404, { CertificateId: 'x', Files }, { authorization }],
  ] as const)('answers %i to what it does not take', async (status, body, headers) => {
    expect((await order(body, headers)).status).toBe(status);
    expect((await result('unknown')).status).toBe(404);
  });
});

describe('profile signme', () => {
  const { lastName: surname, firstName: name, patronymic: lastname, phone, snils, inn, email } = person;
  const application = { key: 'poligon', surname, name, lastname, phone, snils, inn, email, gender: 'M' };
  const multipart = (fields: Record<string, string>) => {
    const parts = Object.entries(fields).map(
      ([field, value]) => `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
    );
    return call('POST', url('/register/precheck'), `${parts.join('')}--b--\r\n`, {
      'content-type': 'multipart/form-data; boundary=b',
    });
  };
  const sign = (rfile: object | string) =>
    call(
      'POST',
      url('/signapi/sjson'),
      new URLSearchParams({ rfile: typeof rfile === 'string' ? rfile : JSON.stringify(rfile) }).toString(),
      {
        'content-type': 'application/x-www-form-urlencoded',
      },
    );

  it('registers, knows who is registered, and signs', async () => {
    expect((await multipart({ key: 'poligon', phone, snils })).body).toEqual({});
    const { body } = await call('POST', url('/register/api'), application);
    expect(body).toMatchObject({ qr: expect.stringContaining(body.id) });
    expect((await multipart({ key: 'poligon', phone, snils })).body).toEqual({
      phone: { requests: [body.id] },
      snils: { requests: [body.id] },
    });
    const file = { key: 'poligon', filet: Data, fname: 'a.pdf', user_ph: phone };
    let answer = await sign(file);
    while (answer.status === 409) answer = await sign(file);
    const signature = Buffer.from(await (await fetch(url(answer.text))).arrayBuffer());
    expect(isValid(signature)).toBe(true);
  });

  it('refuses a wrong key and what cannot be read', async () => {
    expect((await multipart({ key: 'x' })).status).toBe(403);
    expect((await call('POST', url('/register/api'), { ...application, key: 'x' })).status).toBe(403);
    expect((await call('POST', url('/register/api'), { key: 'poligon' })).status).toBe(400);
    expect((await sign('{')).status).toBe(400);
    expect((await call('GET', url('/signme/file/x'))).status).toBe(404);
  });
});
