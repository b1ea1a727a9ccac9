import { signatureSuite } from '@poligon/pki';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import type { CertificateStore } from './certificate.store.js';

const keyPair = signatureSuite('ecdsa-p256').generateKeyPair();

const certificate = (id: string, change: Partial<UnepCertificate> = {}): UnepCertificate => ({
  ...{ id, profile: 'astral', tenant: 'default', requestId: id, subject: undefined, fullName: 'А Б', keyPair },
  ...{ snils: '11223344595', phone: undefined, serialHex: `AB${id}`, der: Buffer.from(id), isAccepted: false },
  ...{ notBeforeMs: 0, notAfterMs: 1 },
  ...change,
});

/** What every CertificateStore must do. @param open makes an empty store that keeps exactly three certificates @param isBounded false: one that keeps everything */
export function certificateStoreContract(
  open: () => CertificateStore | Promise<CertificateStore>,
  isBounded = true,
): void {
  let store: CertificateStore;

  beforeEach(async () => {
    store = await open();
  });

  it('finds a certificate by id and by serial number', async () => {
    await store.add(certificate('1'));
    expect((await store.find('1'))?.serialHex).toBe('AB1');
    expect((await store.findBySerial('AB1'))?.id).toBe('1');
    expect(await store.findBySerial('AB2')).toBeUndefined();
  });

  it('shows an update under both keys', async () => {
    await store.add(certificate('1'));
    await store.update('1', (current) => ({ ...current, isAccepted: true }));
    expect((await store.findBySerial('AB1'))?.isAccepted).toBe(true);
    expect(await store.update('2', (current) => current)).toBeUndefined();
  });

  it('lists the newest first, of everybody or of one СНИЛС', async () => {
    await store.add(certificate('1'));
    await store.add(certificate('2', { snils: '2' }));
    await store.add(certificate('3'));
    expect((await store.recent(2)).map(({ id }) => id)).toEqual(['3', '2']);
    expect((await store.recent(9, '11223344595')).map(({ id }) => id)).toEqual(['3', '1']);
  });

  if (isBounded)
    it('lets the oldest give way beyond its bound, under both keys', async () => {
      for (const id of ['1', '2', '3', '4']) await store.add(certificate(id));
      expect(await store.find('1')).toBeUndefined();
      expect(await store.findBySerial('AB1')).toBeUndefined();
      expect((await store.recent(9)).map(({ id }) => id)).toEqual(['4', '3', '2']);
    });

  it('forgets everything on clear', async () => {
    await store.add(certificate('1'));
    await store.clear();
    expect(await store.find('1')).toBeUndefined();
    expect(await store.findBySerial('AB1')).toBeUndefined();
  });
}
