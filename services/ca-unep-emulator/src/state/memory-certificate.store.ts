import type { SignatureSuite } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { BoundedMap } from './bounded-map.js';
import { CertificateStore } from './certificate.store.js';
import { KeyShelf } from './key-shelf.js';

/** Reference implementation; beyond the bound the oldest certificates give way, and with them their keys. */
export class MemoryCertificateStore extends CertificateStore {
  private readonly certificates: BoundedMap<UnepCertificate>;
  private readonly keys: KeyShelf;
  private readonly idBySerial = new Map<string, string>();

  constructor(config: Pick<CaConfig, 'maxCertificates'>, suite: Pick<SignatureSuite, 'keyPairFromPem'>) {
    super();
    this.keys = new KeyShelf(suite);
    this.certificates = new BoundedMap(config.maxCertificates, ({ serialHex }) => this.idBySerial.delete(serialHex));
  }

  async add(certificate: UnepCertificate): Promise<void> {
    this.idBySerial.set(certificate.serialHex, certificate.id);
    this.certificates.add(certificate.id, this.keys.shelve(certificate));
  }

  async find(id: string): Promise<UnepCertificate | undefined> {
    return this.certificates.get(id);
  }

  async findBySerial(serialHex: string): Promise<UnepCertificate | undefined> {
    const id = this.idBySerial.get(serialHex);
    return id === undefined ? undefined : this.certificates.get(id);
  }

  async update(
    id: string,
    change: (certificate: UnepCertificate) => UnepCertificate,
  ): Promise<UnepCertificate | undefined> {
    return this.certificates.change(id, (current) => this.keys.shelve(change(current)));
  }

  async recent(limit: number, snils?: string): Promise<readonly UnepCertificate[]> {
    return this.certificates.newest(limit, (certificate) => snils === undefined || certificate.snils === snils);
  }

  async clear(): Promise<void> {
    this.certificates.clear();
    this.idBySerial.clear();
  }
}
