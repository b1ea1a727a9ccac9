import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { SignatureSuite } from '@poligon/pki';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { CertificateStore } from './certificate.store.js';
import { StoredCertificate } from './kept-certificate.js';

/** A year of validity and a month of looking back. */
const KEEP_FOR_MS = 400 * 86_400_000;

/** Certificates with their keys in a database; the ones in use stay in memory. */
export class DurableCertificateStore extends CertificateStore {
  private readonly certificates: DocumentStore<StoredCertificate>;

  constructor(
    state: State,
    private readonly suite: Pick<SignatureSuite, 'keyPairFromPem'>,
  ) {
    super();
    this.certificates = state.documents<StoredCertificate>({
      table: 'ca.certificate',
      columns: { serial: ({ serialHex }) => serialHex, snils: ({ snils }) => snils },
      keepForMs: KEEP_FOR_MS,
      revive: (json) => StoredCertificate.revive(json, suite),
    });
  }

  async add(certificate: UnepCertificate): Promise<void> {
    await this.certificates.put(certificate.id, StoredCertificate.of(certificate, this.suite));
  }

  async find(id: string): Promise<UnepCertificate | undefined> {
    return (await this.certificates.find(id))?.certificate;
  }

  /** Of several certificates with one number, which a fault makes, the newest. */
  async findBySerial(serialHex: string): Promise<UnepCertificate | undefined> {
    const page = await this.certificates.list({ where: { serial: serialHex }, order: 'newest', limit: 1 });
    return page.items[0]?.document.certificate;
  }

  async update(
    id: string,
    change: (certificate: UnepCertificate) => UnepCertificate,
  ): Promise<UnepCertificate | undefined> {
    const changed = await this.certificates.change(id, (current) =>
      current === undefined ? undefined : StoredCertificate.of(change(current.certificate), this.suite),
    );
    return changed?.certificate;
  }

  async recent(limit: number, snils?: string): Promise<readonly UnepCertificate[]> {
    const where = snils === undefined ? {} : { where: { snils } };
    const page = await this.certificates.list({ ...where, order: 'newest', limit });
    return page.items.map(({ document }) => document.certificate);
  }

  async clear(): Promise<void> {
    await this.certificates.remove();
  }
}
