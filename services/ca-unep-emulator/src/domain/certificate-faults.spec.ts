import { attribute, CertificateAuthority, parseCertificate, signatureSuite, verifyCms } from '@poligon/pki';
import { withCertificateFaults } from './certificate-faults.js';
import { withCmsFaults } from './cms-faults.js';
import type { FaultHints } from './fault-hints.js';

const suite = signatureSuite('ecdsa-p256');
const keyPair = suite.generateKeyPair();
const nowMs = Date.UTC(2026, 0, 15);
const DAY_MS = 86_400_000;
const content = {
  subject: [attribute('CN', 'Иванов')],
  spki: keyPair.spki,
  notBefore: new Date(nowMs),
  notAfter: new Date(nowMs + 365 * DAY_MS),
};
const root = CertificateAuthority.createRoot({ ...content, keyPair });
const issue = (hints: FaultHints) =>
  parseCertificate(root.issue(withCertificateFaults(content, { hints, nowMs, suite })).der);

describe('a certificate with a fault', () => {
  it('is another person’s', () => {
    expect(issue({ 'cert-wrong-subject': true }).subject['2.5.4.3']).not.toBe('Иванов');
  });

  it('holds another key', () => {
    expect(issue({ 'cert-wrong-key': true }).spki).not.toEqual(keyPair.spki);
  });

  it('may not sign', () => {
    expect(issue({ 'cert-wrong-key-usage': true }).keyUsage).toEqual(['keyEncipherment']);
  });

  it.each([
    ['cert-already-expired', false, -1],
    ['cert-not-yet-valid', false, 366],
    ['cert-near-expiry', true, 4],
  ] as const)('%s: in force now is %s, ends in %i days', (name, isInForce, days) => {
    const { notBefore, notAfter } = issue({ [name]: true });
    expect(notBefore.getTime() <= nowMs && nowMs <= notAfter.getTime()).toBe(isInForce);
    expect(Math.round((notAfter.getTime() - nowMs) / DAY_MS)).toBe(days);
  });

  it('is as it should be without one', () => {
    expect(issue({})).toMatchObject({ subject: { '2.5.4.3': 'Иванов' }, spki: keyPair.spki });
  });
});

describe('a signature with a fault', () => {
  const document = Buffer.from('Приказ');
  const sign = (hints: FaultHints) =>
    withCmsFaults(hints, { keyPair, certificate: root.certificate, content: document, signingTime: new Date(nowMs) });

  it.each([
    ['cms-bad-signature', 'signature does not match'],
    ['cms-swapped-halves', 'signature does not match'],
    ['cms-wrong-digest', 'document is not the one'],
    ['cms-truncated', 'cut short'],
  ] as const)('%s is refused: %s', (name, reason) => {
    expect(verifyCms(sign({ [name]: true }), document)).toMatchObject({
      ...{ valid: false, reason: expect.stringContaining(reason) },
    });
  });

  it('cms-missing-signing-cert is valid CMS but no CAdES', () => {
    expect(verifyCms(sign({ 'cms-missing-signing-cert': true }), document)).toMatchObject({
      ...{ valid: true, isCadesBes: false },
    });
  });
});
