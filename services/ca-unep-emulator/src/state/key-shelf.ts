import type { KeyPair, SignatureSuite } from '@poligon/pki';
import type { UnepCertificate } from '../domain/unep-certificate.js';

/** An opened key takes several kilobytes outside the heap: so many are at hand, others are opened again from their PEM. */
const OPEN_KEYS = 5000;

/** Keys of the certificates in use; the longest unused are put away. */
export class KeyShelf {
  private readonly open = new Map<string, KeyPair>();

  constructor(
    private readonly suite: Pick<SignatureSuite, 'keyPairFromPem'>,
    private readonly limit = OPEN_KEYS,
  ) {}

  /** The certificate with its key on the shelf and its bytes on their own: a slice would hold the whole buffer it was cut from. */
  shelve(certificate: UnepCertificate): UnepCertificate {
    const { keyPair, ...rest } = certificate;
    const der = Buffer.allocUnsafeSlow(rest.der.length);
    rest.der.copy(der);
    if (keyPair === undefined) return { ...rest, der, keyPair };
    const pem = keyPair.privateKeyPem;
    const take = (): KeyPair => this.take(pem);
    this.keep(pem, keyPair);
    return {
      ...rest,
      der,
      get keyPair() {
        return take();
      },
    };
  }

  private take(pem: string): KeyPair {
    const key = this.open.get(pem) ?? this.suite.keyPairFromPem(pem);
    this.open.delete(pem);
    this.keep(pem, key);
    return key;
  }

  private keep(pem: string, key: KeyPair): void {
    this.open.set(pem, key);
    if (this.open.size > this.limit) this.open.delete(this.open.keys().next().value!);
  }
}
