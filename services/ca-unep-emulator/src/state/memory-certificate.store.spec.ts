import { signatureSuite } from '@poligon/pki';
import { certificateStoreContract } from './certificate.store-contract.js';
import { MemoryCertificateStore } from './memory-certificate.store.js';

describe('MemoryCertificateStore', () => {
  certificateStoreContract(() => new MemoryCertificateStore({ maxCertificates: 3 }, signatureSuite('ecdsa-p256')));
});
