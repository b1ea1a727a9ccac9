import { signatureSuite } from '@poligon/pki';
import { accepted, requireActive, revoked, statusAt, type UnepCertificate } from './unep-certificate.js';

const issued: UnepCertificate = {
  ...{ id: 'c', profile: 'astral', tenant: 'default', requestId: 'r', subject: undefined, fullName: 'А Б' },
  ...{ snils: '1', phone: undefined, serialHex: 'AB', der: Buffer.alloc(0), notBeforeMs: 0, notAfterMs: 100 },
  ...{ keyPair: signatureSuite('ecdsa-p256').generateKeyPair(), isAccepted: false },
};

describe('the status of a certificate', () => {
  it.each([
    ['ISSUED', issued, 50],
    ['ACTIVE', accepted(issued), 50],
    ['EXPIRED', accepted(issued), 100],
    ['REVOKED', revoked(accepted(issued), 'x', 10), 50],
    ['REVOKED', revoked(accepted(issued), 'x', 10), 200],
  ])('is %s', (status, certificate, nowMs) => {
    expect(statusAt(certificate, nowMs)).toBe(status);
    const check = () => requireActive(certificate, nowMs);
    if (status === 'ACTIVE') expect(check).not.toThrow();
    else expect(check).toThrow(`сертификат в состоянии ${status}`);
  });

  it('cannot be revoked twice', () => {
    expect(() => revoked(revoked(issued, 'x', 1), 'y', 2)).toThrow('сертификат уже отозван');
  });
});
