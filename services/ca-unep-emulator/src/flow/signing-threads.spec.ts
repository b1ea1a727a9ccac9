import { Logger } from '@poligon/emulator-kit';
import { attribute, CertificateAuthority, signatureSuite, verifyCms, type KeyPair, type SuiteId } from '@poligon/pki';
import type { CaMetrics } from './ca-metrics.js';
import { NO_HINTS } from '../domain/fault-hints.js';
import { SigningThreads } from './signing-threads.js';

const notBefore = new Date(Date.UTC(2026, 0, 15));
const notAfter = new Date(Date.UTC(2027, 0, 15));
const content = Buffer.from('Приказ');
const metrics = { watch: () => undefined } as unknown as CaMetrics;
const warnings: string[] = [];
const logger = { warn: (event: string) => warnings.push(event) } as unknown as Logger;

/** A signer whose signatures in threads are counted, or fail. */
function counted(suite: SuiteId, fails = false) {
  const calls = { inThread: 0, here: 0 };
  const own = signatureSuite(suite).generateKeyPair();
  const keyPair: KeyPair = {
    ...own,
    sign: (data) => {
      calls.here += 1;
      return own.sign(data);
    },
    signInThread: (data) => {
      calls.inThread += 1;
      return fails ? Promise.reject(new Error('no thread')) : own.signInThread!(data);
    },
  };
  const subject = [attribute('CN', 'Иванов')];
  const root = CertificateAuthority.createRoot({ keyPair, subject, notBefore, notAfter });
  Object.assign(calls, { inThread: 0, here: 0 });
  return { calls, keyPair, certificate: root.certificate, root, subject };
}
const order = ({ keyPair, certificate }: ReturnType<typeof counted>) => ({
  ...{ keyPair, certificate, content, signingTime: notBefore },
});

describe('signing in threads', () => {
  beforeEach(() => void (warnings.length = 0));

  it.each([
    [0, 0, 10],
    [2, 2, 8],
    [64, 10, 0],
  ])('with %d threads %d of ten at a time go there, %d are signed here', async (signingThreads, inThread, here) => {
    const threads = new SigningThreads(logger, metrics, { signingThreads });
    const signer = counted('ecdsa-p256');
    const all = await Promise.all(Array.from({ length: 10 }, () => threads.cms(NO_HINTS, order(signer))));
    expect(signer.calls).toEqual({ inThread, here });
    expect(all.every((cms) => verifyCms(cms, content).valid)).toBe(true);
    expect(verifyCms(await threads.cms(NO_HINTS, order(signer)), content).valid).toBe(true);
  });

  it('a thread that fails loses nothing', async () => {
    const threads = new SigningThreads(logger, metrics, { signingThreads: 2 });
    const signer = counted('ecdsa-p256', true);
    expect(verifyCms(await threads.cms(NO_HINTS, order(signer)), content).valid).toBe(true);
    const { root, subject, keyPair } = signer;
    const { der } = await threads.issue(root, { subject, spki: keyPair.spki, notBefore, notAfter });
    expect(der.length).toBeGreaterThan(100);
    expect([signer.calls, warnings]).toEqual([{ inThread: 2, here: 2 }, Array(2).fill('signing.thread-failed')]);
  });

  it('faults of a signature are made here', async () => {
    const threads = new SigningThreads(logger, metrics, { signingThreads: 2 });
    const signer = counted('ecdsa-p256');
    const cms = await threads.cms({ 'cms-bad-signature': true }, order(signer));
    expect([verifyCms(cms, content).valid, signer.calls.inThread]).toEqual([false, 0]);
  });

  it('a request that cannot be signed is refused, not tried again', async () => {
    const threads = new SigningThreads(logger, metrics, { signingThreads: 2 });
    const bad = { ...order(counted('ecdsa-p256')), contentDigest: Buffer.alloc(5) };
    await expect(threads.cms(NO_HINTS, bad)).rejects.toThrow('content digest must be 32 bytes');
    expect(warnings).toEqual([]);
  });
});
