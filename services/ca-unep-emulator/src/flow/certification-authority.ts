import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, SettingsError } from '@poligon/emulator-kit';
import {
  CertificateAuthority,
  parseCertificate,
  pem,
  signatureSuite,
  type RandomBytes,
  type SignatureSuite,
} from '@poligon/pki';
import type { CaConfig } from '../config.js';
import {
  foundAuthority,
  openAuthority,
  withNextGeneration,
  type Authority,
  type AuthorityRecord,
  type Foundry,
  type Generation,
  type Signer,
} from '../domain/authority.js';
import { MAX_GENERATIONS } from '../domain/proven-serial.js';
import { seededBytes } from '../domain/seeded-bytes.js';
import { AuthorityStore } from '../state/authority.store.js';

/** The authority's own keys and certificates, made at the first start, and the suite employees' keys belong to. */
@Injectable()
export class CertificationAuthority {
  /** Suite of employees' keys; its digest is what documents are hashed with. */
  readonly suite: SignatureSuite;
  /** Base of the addresses written into certificates. */
  readonly publicUrl: string;
  private readonly ownSuite: SignatureSuite;
  private readonly randomBytes: RandomBytes;
  private opened: Authority | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: CaConfig,
    private readonly clock: Clock,
    ids: Ids,
    private readonly store: AuthorityStore,
  ) {
    this.publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
    this.randomBytes = config.hasSeededKeys ? seededBytes(config.seed) : (size) => ids.bytes(size);
    const backend = config.suite.startsWith('gost') && config.gostBackend !== 'auto' ? config.gostBackend : undefined;
    const options = {
      backend,
      enginePath: config.gostEnginePath,
      randomBytes: this.randomBytes,
      isSeeded: config.hasSeededKeys,
    };
    this.suite = signatureSuite(config.suite, { ...options, paramSet: config.employeeParamSet });
    this.ownSuite = signatureSuite(config.suite, { ...options, paramSet: config.authorityParamSet });
  }

  /**
   * Opens the authority that is kept, or founds one; nothing else may be asked before.
   * @throws Error when the one kept is of another suite; SettingsError for seeded keys with state that is kept
   */
  async open(): Promise<this> {
    // The seed's bytes begin anew at every start: beside kept certificates they would make the same serial numbers and keys again.
    if (this.config.hasSeededKeys && this.store.isDurable) {
      throw new SettingsError(
        'CA_SEEDED_KEYS: needs state in memory, without CA_STATE_FOLDER, STATE_FOLDER and DATABASE_URL',
      );
    }
    this.adopt(await this.store.open(() => foundAuthority(this.foundry())));
    return this;
  }

  /** A new issuing key: AKI, CDP and OCSP responder of certificates issued from now on change with it. */
  async rollOver(): Promise<Generation> {
    const { authority } = this;
    this.adopt(
      await this.store.change((record) =>
        record.generations.length >= MAX_GENERATIONS ? record : withNextGeneration(record, authority, this.foundry()),
      ),
    );
    return this.current;
  }

  /** Takes up generations that others have added. */
  async refresh(): Promise<void> {
    const record = await this.store.read();
    if (record !== undefined && record.generations.length > this.generations.length) this.adopt(record);
  }

  /** Issues employees' certificates. */
  get issuer(): CertificateAuthority {
    return this.current.issuing;
  }

  /** The generation that issues now. */
  get current(): Generation {
    return this.generations.at(-1)!;
  }

  /** Oldest first. */
  get generations(): readonly Generation[] {
    return this.authority.generations;
  }

  /** The self-signed authority above. */
  get root(): CertificateAuthority {
    return this.authority.root;
  }

  /** Signs time-stamps. */
  get tsa(): Signer {
    return this.authority.tsa;
  }

  /** True for the serial number of a certificate the root has signed. */
  isAuthoritySerial(serial: Buffer): boolean {
    return this.generations.some(({ issuing }) => parseCertificate(issuing.certificate).serial.equals(serial));
  }

  /** A serial number nobody has yet. */
  newSerial(): Buffer {
    return this.authority.serials.make(this.randomBytes(8), this.current.number);
  }

  /** True for the serial number of a certificate issued by that generation. */
  isOwnSerial(serial: Buffer, generation: number): boolean {
    return this.authority.serials.isOwn(serial, generation);
  }

  /** Which generation issued the certificate; undefined for one of another authority. @param serialHex upper-case hex */
  generationOf(serialHex: string): number | undefined {
    return this.authority.serials.generationOf(Buffer.from(serialHex, 'hex'));
  }

  /** Certificate of the key that issued a certificate, DER; the newest key's for one of another authority. */
  issuerOf(serialHex: string): Buffer {
    return this.certificate(this.generationOf(serialHex) ?? -1) ?? this.issuer.certificate;
  }

  /** What certificates of this authority are checked against. */
  get anchors(): { readonly trusted: readonly Buffer[]; readonly intermediates: readonly Buffer[] } {
    const intermediates = this.generations.map(({ issuing }) => issuing.certificate);
    return { trusted: [this.rootCertificate], intermediates };
  }

  /** True for the Name of the issuing authority, DER. */
  isOwnName(nameDer: Buffer): boolean {
    return this.issuer.subjectDer.equals(nameDer);
  }

  get rootCertificate(): Buffer {
    return this.authority.root.certificate;
  }

  /** By AIA number: 0 root, others the issuing generations; undefined for any other. */
  certificate(number: number): Buffer | undefined {
    return number === 0 ? this.rootCertificate : this.generations[number - 1]?.issuing.certificate;
  }

  /** Issuing certificates first, newest before older ones, root last. */
  get chainPem(): string {
    const { trusted, intermediates } = this.anchors;
    return [...[...intermediates].reverse(), ...trusted].map((der) => pem(der, 'CERTIFICATE')).join('');
  }

  get rootPem(): string {
    return pem(this.rootCertificate, 'CERTIFICATE');
  }

  /** Name of the digest that signing requests must carry. */
  get digestName(): 'streebog-256' | 'streebog-512' | 'sha-256' {
    if (this.suite.id === 'gost2012-512') return 'streebog-512';
    return this.suite.id === 'gost2012-256' ? 'streebog-256' : 'sha-256';
  }

  private get authority(): Authority {
    if (this.opened === undefined) throw new Error('the authority is not open');
    return this.opened;
  }

  private adopt(record: AuthorityRecord): void {
    const { suite } = this.config;
    if (record.suite !== suite) {
      throw new Error(
        `the authority kept here has keys of ${record.suite}: set CA_SUITE to it, or keep state elsewhere`,
      );
    }
    this.opened = openAuthority(record, this.ownSuite, this.publicUrl);
  }

  private foundry(): Foundry {
    const { publicUrl, ownSuite: suite, randomBytes, clock, config } = this;
    const isOcspDelegated = config.ocspResponder === 'delegated';
    return { suite, publicUrl, nowMs: clock.nowMs(), randomBytes, isOcspDelegated };
  }
}
