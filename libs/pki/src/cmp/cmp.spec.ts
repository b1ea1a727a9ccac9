import fc from 'fast-check';
import {
  attribute,
  certReplyContent,
  cmpErrorContent,
  cmpStatusInfo,
  createCertRequest,
  der,
  directoryName,
  encodeCmpMessage,
  encodeName,
  isPasswordMac,
  parseCertRequests,
  parseCmpMessage,
  parsePasswordMac,
  passwordProtector,
  peekCmpBody,
  readDer,
  signatureProtector,
  signatureSuite,
  verifySignature,
  type CmpReply,
} from '../index.js';

const suite = signatureSuite('ecdsa-p256');
const keyPair = suite.generateKeyPair();
const subject = [attribute('C', 'RU'), attribute('CN', 'Иванов')];
const name = directoryName(encodeName(subject));
const secret = Buffer.from('s3cret');
const mac = { salt: Buffer.alloc(16, 1), iterations: 500, owf: '2.16.840.1.101.3.4.2.1', mac: '1.2.840.113549.2.9' };
const reply = (change: Partial<CmpReply> = {}): CmpReply => ({
  ...{ version: 2, sender: name, recipient: name, body: 'ir', content: createCertRequest(keyPair, subject, 7) },
  transactionId: Buffer.from('t'),
  ...change,
});

describe('a CMP message', () => {
  it('is read as it was written', () => {
    const time = new Date('2026-01-15T09:00:00Z');
    const written = reply({
      time,
      senderNonce: Buffer.from('n'),
      grantsImplicitConfirm: true,
      extraCertificates: [name],
    });
    const der = encodeCmpMessage({ ...written, extraCertificates: [] });
    const { header, bodyName, protection } = parseCmpMessage(der);
    expect([bodyName, peekCmpBody(der), protection]).toEqual(['ir', 'ir', undefined]);
    expect(header).toMatchObject({ version: 2, sender: name, time, wantsImplicitConfirm: true });
    expect([header.transactionId?.toString(), header.senderNonce?.toString()]).toEqual(['t', 'n']);
  });

  it('is protected by a signature over header and body', () => {
    const protector = signatureProtector(keyPair, Buffer.from('kid'));
    const { protection, header } = parseCmpMessage(encodeCmpMessage(reply({ protector })));
    const { algorithm, data, value: signature } = protection!;
    expect(verifySignature({ algorithm, spki: keyPair.spki, data, signature })).toBe(true);
    expect(header.senderKid?.toString()).toBe('kid');
  });

  it('is protected by a MAC that another secret does not have', () => {
    const protector = passwordProtector(secret, Buffer.from('ref'), mac);
    const { protection } = parseCmpMessage(encodeCmpMessage(reply({ protector })));
    const parameters = parsePasswordMac(protection!.parameters);
    const check = (given: Buffer) => isPasswordMac({ secret: given, parameters }, protection!.data, protection!.value);
    expect([check(secret), check(Buffer.from('other'))]).toEqual([true, false]);
  });

  it.each([
    [{ iterations: 100_001 }, 'iterations must be'],
    [{ iterations: 0 }, 'iterations must be'],
    [{ mac: '1.2.3' }, 'unknown MAC'],
  ])('with MAC parameters %j is refused', (change, reason) => {
    const algorithm = readDer(passwordProtector(secret, undefined, { ...mac, ...change, mac: mac.mac }).algorithm);
    const parameters = algorithm.children()[1]!;
    if (!('mac' in change)) expect(() => parsePasswordMac(parameters)).toThrow(reason);
    else expect(() => passwordProtector(secret, undefined, { ...mac, ...change }).protect(secret)).toThrow(reason);
  });

  it('names nothing for bytes that are no message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(['string', 'undefined']).toContain(typeof peekCmpBody(Buffer.from(bytes)));
      }),
    );
  });
});

describe('a certificate request', () => {
  const requestIn = (body: Buffer) => parseCertRequests(readDer(body))[0]!;

  it('proves possession of its key', () => {
    const { id, proof, template } = requestIn(createCertRequest(keyPair, subject, 7));
    expect([id, proof, template.subject, template.spki]).toEqual([7, 'proved', subject, keyPair.spki]);
  });

  it('of a stolen key proves nothing', () => {
    const thief = { ...keyPair, spki: suite.generateKeyPair().spki };
    expect(requestIn(createCertRequest(thief, subject)).proof).toBe('wrong');
  });

  it.each([
    ['800 of the word of an authority', Buffer.from('8000', 'hex'), 'ra-verified'],
    ['key encipherment', Buffer.from('a200', 'hex'), 'unsupported'],
    ['nothing', Buffer.alloc(0), 'absent'],
  ])('with a proof by %s is told apart', (_name, popo, proof) => {
    const request = readDer(createCertRequest(keyPair, subject)).children()[0]!.children()[0]!;
    expect(requestIn(der.sequence(der.sequence(request.der, popo))).proof).toBe(proof);
  });

  it('must be one to sixteen', () => {
    const one = readDer(createCertRequest(keyPair, subject)).children()[0]!.der;
    expect(() => parseCertRequests(readDer(der.sequence(...Array<Buffer>(17).fill(one))))).toThrow('more than 16');
    expect(() => parseCertRequests(readDer(der.sequence()))).toThrow('no certificate is requested');
  });
});

describe('an answer', () => {
  it.each([
    ['badAlg', '03020780'],
    ['badDataFormat', '03020204'],
    ['badPOP', '0303060040'],
    ['systemUnavail', '03050700000080'],
  ] as const)('has failInfo %s as a named bit list', (failure, hex) => {
    expect(cmpErrorContent(failure, 'x').toString('hex')).toContain(hex);
  });

  it('to a PKCS#10 request has the id -1', () => {
    const content = certReplyContent([{ requestId: -1, status: cmpStatusInfo('waiting') }]);
    expect(content.toString('hex')).toContain('0201ff');
  });
});
