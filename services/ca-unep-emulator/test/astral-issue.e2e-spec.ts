import { createHash } from 'node:crypto';
import { defaultPopulation } from '@poligon/people';
import { fromPem, OID, parseCertificate, verifyCertificateChain, verifyCms } from '@poligon/pki';
import { request } from 'undici';
import { call, CaStand, regRequest } from './ca-stand.js';

let stand: CaStand;

beforeAll(async () => {
  stand = await CaStand.start();
});
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.admin('POST', '/reset');
  stand.tenant.forget();
});

const DAY_MS = 86_400_000;
const person = defaultPopulation.person(4711);

async function authority(): Promise<{ root: Buffer; issuing: Buffer }> {
  const [chain, root] = await Promise.all([stand.admin('GET', '/ca/chain.pem'), stand.admin('GET', '/ca/root.pem')]);
  return { root: fromPem(root.text, 'CERTIFICATE'), issuing: fromPem(chain.text, 'CERTIFICATE') };
}

describe('issue at astral', () => {
  it('answers a registration at once, then tells of the check and of the certificate', async () => {
    const answer = await stand.astral('USIG_REG_REQUEST', 'reg-1', regRequest(person));
    expect(answer).toMatchObject({ status: 200, body: { status: '200', eventId: 'reg-1' } });
    expect(answer.text).toBe('{"status":"200","eventId":"reg-1"}');
    expect(await stand.event('USIG_REG_STATUS', 'reg-1')).toMatchObject({ data: { status: 'CHECKING' } });
    const issued = await stand.event('USIG_CERT_ISSUED', 'reg-1');
    expect(issued).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      createdDate: expect.stringMatching(/Z$/),
      data: { requestEventId: 'reg-1', status: 'ISSUED', serialNumber: expect.stringMatching(/^[0-9A-F]+$/) },
    });
  });

  it('issues a one-year certificate of the УНЭП profile that leads to the root', async () => {
    const { data } = await stand.issueAstral('reg-2', 4711);
    const certificate = parseCertificate(Buffer.from(data.certificate, 'base64'));
    expect(certificate.subject).toMatchObject({
      [OID.snils]: person.snils,
      [OID.inn]: person.inn,
      [OID.commonName]: `${person.lastName} ${person.firstName} ${person.patronymic}`,
      [OID.surname]: person.lastName,
      [OID.country]: 'RU',
    });
    expect(certificate.serialHex).toBe(data.serialNumber);
    expect(certificate.notAfter.getTime() - certificate.notBefore.getTime()).toBe(365 * DAY_MS);
    expect(certificate).toMatchObject({ identificationKind: 0, isAuthority: false });
    expect(certificate.caIssuerUrls).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/aia\/1\.crt$/)]);
    const { root, issuing } = await authority();
    const chain = { trusted: [root], intermediates: [issuing], at: new Date(data.notBefore) };
    expect(verifyCertificateChain(certificate.der, chain)).toMatchObject({ isTrusted: true });
    const aia = await request(`${stand.emulator.protocolUrl}/aia/1.crt`);
    expect(aia.headers['content-type']).toBe('application/pkix-cert');
    expect(Buffer.from(await aia.body.arrayBuffer())).toEqual(issuing);
  });

  it('writes identificationKind 3 for a REMOTE request and does not wait by default', async () => {
    await stand.astral('USIG_REG_REQUEST', 'reg-3', regRequest(person, {}, 'REMOTE'));
    const { data } = await stand.event('USIG_CERT_ISSUED', 'reg-3');
    expect(parseCertificate(Buffer.from(data.certificate, 'base64')).identificationKind).toBe(3);
  });

  it('signs digests with an accepted certificate as detached CAdES-BES', async () => {
    const { data } = await stand.issueAstral('reg-4', 4711);
    const document = Buffer.from('Заявление на отпуск');
    const hash = createHash('sha256').update(document).digest('base64');
    const documents = [
      { id: 'doc-1', hash, fileName: 'a.pdf' },
      { id: 'doc-2', hash },
    ];
    const answer = await stand.astral('USIG_SIGN_REQUEST', 'sign-1', { certificateId: data.certificateId, documents });
    expect(answer).toMatchObject({ status: 200, body: { eventId: 'sign-1' } });
    const result = await stand.event('USIG_SIGN_RESULT', 'sign-1');
    expect(result.data).toMatchObject({ status: 'DONE', signatures: [{ id: 'doc-1' }, { id: 'doc-2' }] });
    const { root, issuing } = await authority();
    const cms = Buffer.from(result.data.signatures[0].signature, 'base64');
    const trust = { trusted: [root], certificates: [issuing] };
    expect(verifyCms(cms, document, trust)).toMatchObject({ valid: true, isCadesBes: true });
    expect(verifyCms(cms, Buffer.from('Другое заявление'), trust).valid).toBe(false);
    const check = { signature: cms.toString('base64'), document: document.toString('base64') };
    expect((await stand.admin('POST', '/verify', check)).body).toMatchObject({
      valid: true,
      isCadesBes: true,
      signerSerialNumber: data.serialNumber,
    });
    expect((await stand.admin('POST', '/verify', { signature: check.signature, hash })).body.valid).toBe(true);
  });

  it('does not sign before acceptance nor after revocation', async () => {
    await stand.astral('USIG_REG_REQUEST', 'reg-5', regRequest(person));
    const { data } = await stand.event('USIG_CERT_ISSUED', 'reg-5');
    const { certificateId } = data;
    const order = { certificateId, documents: [{ id: '1', hash: Buffer.alloc(32).toString('base64') }] };
    expect(await stand.astral('USIG_SIGN_REQUEST', 's-1', order)).toMatchObject({
      status: 409,
      body: { status: '409', message: 'сертификат в состоянии ISSUED, требуется ACTIVE' },
    });
    expect((await stand.astral('USIG_CERT_ACCEPT', 'a-1', { requestEventId: 'reg-5' })).status).toBe(200);
    expect((await stand.event('USIG_REG_STATUS', 'reg-5', 2)).data).toMatchObject({ status: 'ACTIVE', certificateId });
    expect((await stand.astral('USIG_REVOKE_REQUEST', 'r-1', { certificateId, reason: 'увольнение' })).status).toBe(
      200,
    );
    expect((await stand.event('USIG_REG_STATUS', 'reg-5', 3)).data).toMatchObject({ status: 'REVOKED', certificateId });
    expect(await stand.astral('USIG_SIGN_REQUEST', 's-2', order)).toMatchObject({
      body: { message: 'сертификат в состоянии REVOKED, требуется ACTIVE' },
    });
    const found = await stand.admin('GET', `/certificates/${data.serialNumber}`);
    expect(found.body).toMatchObject({ status: 'REVOKED', revocation: { reason: 'увольнение' } });
  });

  it.each([
    ['a wrong СНИЛС checksum', { СНИЛС: '112-233-445 96' }, 'SNILS_INN_ERROR', 'Ошибка в данных СНИЛС/ИНН'],
    ['a wrong ИНН checksum', { ИНН: '500100732258' }, 'SNILS_INN_ERROR', 'Ошибка в данных СНИЛС/ИНН'],
    ['the ИНН of somebody else', { ИНН: defaultPopulation.innOf(5) }, 'SNILS_INN_ERROR', 'Ошибка в данных СНИЛС/ИНН'],
  ])('accepts and then rejects %s', async (_, change, code, text) => {
    expect((await stand.astral('USIG_REG_REQUEST', 'reg-6', regRequest(person, change))).status).toBe(200);
    const { data } = await stand.event('USIG_REG_REJECTED', 'reg-6');
    expect(data).toEqual({ requestEventId: 'reg-6', status: 'REJECTED', reason: { code, text } });
  });

  it.each([
    [undefined, 'DECLINED_BY_EMPLOYEE', 'Отклонено сотрудником'],
    ['Ошибка в данных заявки', 'DATA_ERROR', 'Ошибка в данных заявки'],
  ])('ends a request whose certificate the employee did not want (%s)', async (reason, code, text) => {
    await stand.astral('USIG_REG_REQUEST', 'reg-7', regRequest(person));
    const { data } = await stand.event('USIG_CERT_ISSUED', 'reg-7');
    expect((await stand.astral('USIG_CANCEL', 'c-1', { requestEventId: 'reg-7', reason })).status).toBe(200);
    const rejected = await stand.event('USIG_REG_REJECTED', 'reg-7');
    expect(rejected.data).toMatchObject({ status: 'CANCELLED', reason: { code, text } });
    expect((await stand.astral('USIG_CERT_ACCEPT', 'a-2', { requestEventId: 'reg-7' })).status).toBe(409);
    expect((await stand.admin('GET', `/certificates/${data.serialNumber}`)).body.status).toBe('REVOKED');
  });

  it('serves a repeated event once and answers it the same', async () => {
    const send = () => stand.astral('USIG_REG_REQUEST', 'reg-8', regRequest(person));
    const answers = await Promise.all([send(), send(), send()]);
    await stand.event('USIG_CERT_ISSUED', 'reg-8');
    answers.push(await send());
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"status":"200","eventId":"reg-8"}']));
    const { body } = await stand.admin('GET', `/certificates?snils=${person.snils}`);
    expect(body.certificates).toHaveLength(1);
  });

  it('journals every event under the person it is about, also when only a certificate is named', async () => {
    const { data } = await stand.issueAstral('reg-9', 4711);
    await stand.astral('USIG_SIGN_REQUEST', 's-3', {
      certificateId: data.certificateId,
      documents: [{ id: '1', hash: Buffer.alloc(32).toString('base64') }],
    });
    const { body } = await stand.admin('GET', '/journal?subject=person:4711');
    expect(body.entries.map(({ operation }: { operation: string }) => operation)).toEqual([
      'astral.usig-reg-request',
      'astral.usig-sign-request',
    ]);
  });
});

describe('result events at astral', () => {
  it('can be polled page by page, with or without a callback', async () => {
    await stand.issueAstral('reg-10', 4711);
    await stand.event('USIG_REG_STATUS', 'reg-10', 2);
    const poll = (query: string) =>
      call('GET', `${stand.emulator.protocolUrl}/astral/api/v1/events${query}`, undefined, {
        authorization: 'Bearer poligon',
      });
    const all = (await poll('')).body.events;
    expect(all.map(({ type }: { type: string }) => type)).toEqual([
      'USIG_REG_STATUS',
      'USIG_CERT_ISSUED',
      'USIG_REG_STATUS',
    ]);
    const rest = (await poll(`?after=${all[0].id}&limit=1`)).body.events;
    expect(rest).toEqual([all[1]]);
    expect((await poll(`?after=${all[2].id}`)).body).toEqual({ events: [] });
    expect(await poll('?after=unknown')).toMatchObject({
      status: 404,
      body: { status: '404', message: 'событие unknown не найдено' },
    });
    expect(await poll('?limit=many')).toMatchObject({ status: 400, body: { status: '400' } });
  });
});
