import { randomBytes, randomUUID } from 'node:crypto';
import { Ids } from '@poligon/emulator-kit';
import { parseCertificate } from '@poligon/pki';
import { FakeClock } from '@poligon/testing';
import type { CaConfig } from '../config.js';
import { MAX_GENERATIONS } from '../domain/proven-serial.js';
import { MemoryAuthorityStore } from '../state/memory-authority.store.js';
import { CertificationAuthority } from './certification-authority.js';

class SystemIds extends Ids {
  uuid = () => randomUUID();
  bytes = (count: number) => randomBytes(count);
}
const store = new MemoryAuthorityStore();
const authority = (suite: string) => {
  const config = { suite, host: '127.0.0.1', port: 1, gostBackend: 'auto', ocspResponder: 'delegated' } as CaConfig;
  return new CertificationAuthority(config, new FakeClock(), new SystemIds(), store);
};

describe('the authority', () => {
  it('is the same for everybody who opens it from one store', async () => {
    const [one, other] = [await authority('ecdsa-p256').open(), await authority('ecdsa-p256').open()];
    expect(other.chainPem).toBe(one.chainPem);
    const serial = one.newSerial();
    expect([other.isOwnSerial(serial, 1), other.generationOf(serial.toString('hex'))]).toEqual([true, 1]);
    expect(other.generationOf('AB')).toBeUndefined();
  });

  it('issues with its newest key, and others learn of it', async () => {
    const [one, other] = [await authority('ecdsa-p256').open(), await authority('ecdsa-p256').open()];
    const { number, issuing } = await one.rollOver();
    expect([number, one.current.number, other.current.number]).toEqual([2, 2, 1]);
    await other.refresh();
    expect(other.issuer.certificate).toEqual(issuing.certificate);
    expect(parseCertificate(issuing.certificate).authorityKeyId).toEqual(one.root.keyId);
    expect(one.issuerOf(one.newSerial().toString('hex'))).toEqual(issuing.certificate);
    expect([one.certificate(2), one.certificate(3)]).toEqual([issuing.certificate, undefined]);
  });

  it(`has at most ${MAX_GENERATIONS} keys`, async () => {
    const one = await authority('ecdsa-p256').open();
    for (let time = 0; time < MAX_GENERATIONS + 2; time += 1) await one.rollOver();
    expect(one.generations).toHaveLength(MAX_GENERATIONS);
  });

  it('of one suite is not opened as one of another', async () => {
    await expect(authority('rsa-2048').open()).rejects.toThrow('set CA_SUITE to it');
  });

  it('answers nothing before it is open', () => {
    expect(() => authority('ecdsa-p256').issuer).toThrow('not open');
  });
});
