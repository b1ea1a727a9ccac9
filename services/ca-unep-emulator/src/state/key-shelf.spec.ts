import { signatureSuite } from '@poligon/pki';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { KeyShelf } from './key-shelf.js';

const suite = signatureSuite('ecdsa-p256');
const certificate = (): UnepCertificate => ({
  ...{ id: 'c', profile: 'astral', tenant: 'default', requestId: 'r', subject: undefined, fullName: 'А Б' },
  ...{ snils: '1', phone: undefined, serialHex: 'AB', der: Buffer.from('der'), notBeforeMs: 0, notAfterMs: 100 },
  ...{ keyPair: suite.generateKeyPair(), isAccepted: false },
});

describe('KeyShelf', () => {
  it('gives a key at hand as it is, and one put away anew', () => {
    const shelf = new KeyShelf(suite, 1);
    const [first, second] = [certificate(), certificate()];
    const shelved = shelf.shelve(first);
    expect(shelved.keyPair).toBe(first.keyPair);
    shelf.shelve(second);
    expect(shelved.keyPair).not.toBe(first.keyPair);
    expect(shelved.keyPair?.spki).toEqual(first.keyPair?.spki);
  });

  it('leaves a certificate whose owner keeps the key without one, its bytes on their own', () => {
    const { keyPair, der } = new KeyShelf(suite).shelve({ ...certificate(), keyPair: undefined });
    expect([keyPair, der.toString(), der.buffer.byteLength]).toEqual([undefined, 'der', 3]);
  });
});
