import type { KeyPair, SignatureSuite } from '@poligon/pki';
import type { UnepCertificate } from '../domain/unep-certificate.js';

/** A certificate as JSON: bytes in base64, the key in PEM. */
type KeptCertificate = Omit<UnepCertificate, 'der' | 'keyPair'> & { readonly der: string; readonly key?: string };

/** A certificate that knows how it is kept. Its key is parsed when it is first used: most are read only to be looked at. */
export class StoredCertificate {
  private opened: UnepCertificate | undefined;

  private constructor(
    private readonly kept: KeptCertificate,
    private readonly suite: Pick<SignatureSuite, 'keyPairFromPem'>,
  ) {}

  static of(certificate: UnepCertificate, suite: Pick<SignatureSuite, 'keyPairFromPem'>): StoredCertificate {
    const { der, keyPair, ...rest } = certificate;
    const key = keyPair === undefined ? {} : { key: keyPair.privateKeyPem };
    const stored = new StoredCertificate({ ...rest, der: der.toString('base64'), ...key }, suite);
    stored.opened = certificate;
    return stored;
  }

  static revive(json: unknown, suite: Pick<SignatureSuite, 'keyPairFromPem'>): StoredCertificate {
    return new StoredCertificate(json as KeptCertificate, suite);
  }

  get serialHex(): string {
    return this.kept.serialHex;
  }

  get snils(): string {
    return this.kept.snils;
  }

  get certificate(): UnepCertificate {
    return (this.opened ??= this.open());
  }

  toJSON(): KeptCertificate {
    return this.kept;
  }

  private open(): UnepCertificate {
    const { der, key, ...rest } = this.kept;
    const { suite } = this;
    let keyPair: KeyPair | undefined;
    return {
      ...rest,
      der: Buffer.from(der, 'base64'),
      get keyPair() {
        return key === undefined ? undefined : (keyPair ??= suite.keyPairFromPem(key));
      },
    };
  }
}
