import * as asn1js from 'asn1js';
import { CertificationRequest } from 'pkijs';
import { bitString, context, integer, oid, sequence, set, TAG, tlv } from '../der/der-writer.js';
import { signatureSuite } from '../suites/registry.js';
import { attribute } from '../x509/names.js';
import { OID } from '../x509/oids.js';
import { createCsr, parseCsr } from './certification-request.js';

const suite = signatureSuite('ecdsa-p256');
const keyPair = suite.generateKeyPair();
const subject = [attribute('C', 'RU'), attribute('CN', 'Проверка')];

function signRequest(name: Buffer, spki = keyPair.spki, algorithm = suite.signatureAlgorithm): Buffer {
  const info = sequence(integer(0), name, spki, context(0));
  return sequence(info, algorithm, bitString(keyPair.sign(info)));
}

const pair = (id: string, text: string): Buffer => sequence(oid(id), tlv(TAG.utf8String, Buffer.from(text)));

describe('a PKCS#10 request', () => {
  it('is accepted by pkijs', async () => {
    const request = new CertificationRequest({ schema: asn1js.fromBER(createCsr(keyPair, subject)).result });
    await expect(request.verify()).resolves.toBe(true);
  });

  it('may hold one multi-valued RDN, read attribute by attribute', () => {
    const name = sequence(set(pair(OID.country, 'RU'), pair(OID.commonName, 'Проверка')));
    expect(parseCsr(signRequest(name))).toMatchObject({ subject, isProofValid: true });
  });

  it('may carry NULL parameters in its signature algorithm', () => {
    const algorithm = sequence(oid(OID.ecdsaWithSha256), Buffer.from('0500', 'hex'));
    expect(parseCsr(signRequest(sequence(), keyPair.spki, algorithm)).isProofValid).toBe(true);
  });

  it.each([
    [
      'a key of another kind',
      signRequest(sequence(), sequence(sequence(oid('1.3.101.112')), bitString(Buffer.alloc(32)))),
      'unsupported-algorithm',
    ],
    [
      'an unknown signature algorithm',
      signRequest(sequence(), keyPair.spki, sequence(oid('1.2.3'))),
      'unsupported-algorithm',
    ],
    [
      'a signature of another kind than its key',
      signRequest(sequence(), keyPair.spki, sequence(oid(OID.sha256WithRsa))),
      'invalid-key',
    ],
    ['a string where a name belongs', signRequest(tlv(TAG.utf8String)), 'malformed'],
  ])('is refused for %s', (_name, request, code) => {
    expect(() => parseCsr(request)).toThrow(expect.objectContaining({ name: 'PkiError', code }));
  });
});
