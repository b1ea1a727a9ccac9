import { createPrivateKey } from 'node:crypto';
import { attribute, CertificateAuthority, pem, signatureSuite, type SuiteId } from '@poligon/pki';
import { CaStand } from './ca-stand.js';
import { base64, DssUser } from './dss-user.js';
import { checkableSuites, Openssl } from './openssl.js';

const XML = '<Приказ xmlns="urn:d"><Пункт>Принять</Пункт></Приказ>';
const PDF = (() => {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>',
  ];
  let text = '%PDF-1.4\n';
  let table = '0000000000 65535 f \n';
  for (const [index, object] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  return `${text}xref\n0 4\n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
})();

describe.each(checkableSuites())('forms of signature, %s', (suite: SuiteId) => {
  let stand: CaStand;
  let user: DssUser;
  const openssl = new Openssl();
  beforeAll(async () => {
    stand = await CaStand.start({ CA_SUITE: suite });
    user = await DssUser.signIn(stand, 'Иванов Иван');
    expect((await user.generate()).body).toMatchObject({ IsError: false, CertId: 1 });
  });
  afterAll(async () => {
    openssl.close();
    await stand.close();
  });
  const roots = async (): Promise<string[]> => {
    const { text } = await stand.admin('GET', '/ca/chain.pem');
    return ['-CAfile', openssl.file('chain.pem', text)];
  };

  it('PDF: openssl accepts the CMS over the byte range, the verification service the document', async () => {
    const { body } = await user.sign(PDF, { Type: 'PDF', Parameters: { PDFFormat: 'CMS' } });
    const signed = Buffer.from(body, 'base64');
    const range = /ByteRange \[0 (\d+) +(\d+) +(\d+) *\]/.exec(signed.toString('latin1'))!.slice(1).map(Number);
    const [first, second, rest] = range as [number, number, number];
    const cms = Buffer.from(signed.toString('latin1', first + 1, second - 1), 'hex');
    const covered = Buffer.concat([signed.subarray(0, first), signed.subarray(second, second + rest)]);
    const given = ['-inform', 'DER', '-in', openssl.file('p.der', cms), '-content', openssl.file('p.bin', covered)];
    const { output } = await openssl.run(
      'cms',
      '-verify',
      '-binary',
      '-purpose',
      'any',
      ...given,
      ...(await roots()),
      '-cades',
    );
    expect(output).toContain('CAdES Verification successful');
    expect(await user.verify({ SignatureType: 'PDF', Content: body })).toEqual([true]);
    const twice = (await user.server('POST', '/documents', { Content: body, Signature: { Type: 'PDF' } })).body;
    expect(await user.verify({ SignatureType: 'PDF', Content: twice })).toEqual([true, true]);
  });

  it('XML: the verification service accepts the document and no other', async () => {
    const { body } = await user.sign(XML, { Type: 'XML' });
    expect(await user.verify({ SignatureType: 'XMLDSig', Content: body })).toEqual([true]);
    const changed = base64(Buffer.from(body, 'base64').toString().replace('Принять', 'Уволить'));
    expect(await user.verify({ SignatureType: 'XMLDSig', Content: changed })).toEqual([false]);
  });

  it.each([
    ['attached', 'False'],
    ['detached', 'True'],
  ])('a second signature, %s: openssl accepts both', async (_name, IsDetached) => {
    const { body: one } = await user.sign('Договор', { Parameters: { IsDetached } });
    const other = await DssUser.signIn(stand, `Петров ${IsDetached}`);
    await other.generate();
    const OriginalDocument = IsDetached === 'True' ? base64('Договор') : undefined;
    const Signature = { Type: 'CMS', Parameters: { CmsSignatureType: 'cosign', OriginalDocument } };
    const { body: two } = await other.server('POST', '/documents', { Content: one, Signature });
    expect(await user.verify({ Content: two, Source: base64('Договор') })).toEqual([true, true]);
    const signature = openssl.file('two.der', Buffer.from(two, 'base64'));
    const given = ['-inform', 'DER', '-in', signature, '-content', openssl.file('d.txt', 'Договор')];
    const { output } = await openssl.run('cms', '-verify', '-binary', '-purpose', 'any', ...given, ...(await roots()));
    expect(output).toContain('CMS Verification successful');
    const { body } = await user.call('POST', '/SVS/rest/api/signatures/signersinfo', { Content: two });
    expect(body).toHaveLength(2);
  });

  it('templates name the same forms', async () => {
    const { body: templates } = await user.server('GET', '/v2/processingtemplates');
    const of = async (name: string, content: string): Promise<string> => {
      const { Id } = templates.find(({ Name }: { Name: string }) => Name === name);
      const Signature = { ProcessingTemplateId: Id };
      const { body } = await user.server('POST', '/v2/signature', {
        BinaryData: [{ Content: base64(content) }],
        Signature,
      });
      return body.Result[0].Content;
    };
    expect(await user.verify({ Content: await of('CAdES-T, отсоединённая', 'x'), Source: base64('x') })).toEqual([
      true,
    ]);
    expect(await user.verify({ SignatureType: 'PDF', Content: await of('PDF', PDF) })).toEqual([true]);
    expect(await user.verify({ SignatureType: 'XML', Content: await of('XML', XML) })).toEqual([true]);
    const unknown = { BinaryData: [{ Content: base64('x') }], Signature: { ProcessingTemplateId: 99 } };
    expect((await user.server('POST', '/v2/signature', unknown)).body).toEqual({ Message: 'invalid_signature_params' });
  });

  it('encryption: the recipient reads it with openssl, a GOST key has no way to', async () => {
    const keyPair = signatureSuite('rsa-2048').generateKeyPair();
    const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
    const { certificate } = CertificateAuthority.createRoot({ keyPair, subject: [attribute('CN', 'x')], ...validity });
    const Certificates = [certificate.toString('base64')];
    const { body } = await user.server('POST', '/documents/encrypt', { Content: base64('Тайна'), Certificates });
    const input = ['-inform', 'DER', '-in', openssl.file('e.der', Buffer.from(body, 'base64'))];
    const key = openssl.file(
      'k.pem',
      createPrivateKey(keyPair.privateKeyPem).export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    const recipient = ['-inkey', key, '-recip', openssl.file('c.pem', pem(certificate, 'CERTIFICATE'))];
    expect((await openssl.run('cms', '-decrypt', '-binary', ...input, ...recipient)).output).toBe('Тайна');
    const [{ CertificateBase64 }] = (await user.server('GET', '/certificates')).body;
    const own = await user.server('POST', '/documents/encrypt', {
      Content: base64('x'),
      Recipients: [CertificateBase64],
    });
    expect(own.status).toBe(suite.startsWith('gost') ? 400 : 200);
    if (own.status === 400) expect(own.body).toEqual({ Message: 'algid_is_not_supported' });
  });
});
