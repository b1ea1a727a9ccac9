import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { OcspResponder, parseOcspRequest, type OcspCertId, type OcspStatus } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { createForeignSigner, type Generation } from '../domain/authority.js';
import { CertificationAuthority } from './certification-authority.js';
import { Revocations } from './revocations.js';

/** What faults ask of one answer. */
export interface StatusDistortion {
  readonly isUnknown?: boolean;
  readonly isStale?: boolean;
  readonly hasForeignResponder?: boolean;
  readonly hasWrongNonce?: boolean;
}

interface Responder {
  readonly responder: OcspResponder;
  status(id: OcspCertId): OcspStatus | Promise<OcspStatus>;
}

const HOUR_MS = 3_600_000;

/** Answers OCSP requests. Only revocations are looked up: a serial number proves by itself that this authority made it. */
@Injectable()
export class StatusResponder {
  /** Newest generation first, the root last. */
  private responders: readonly Responder[] = [];
  private generations: readonly Generation[] = [];

  constructor(
    private readonly authority: CertificationAuthority,
    private readonly revocations: Revocations,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'ocspNextUpdateMs'>,
  ) {}

  /**
   * The whole response; undefined when no certificate asked about is of this authority.
   * @throws PkiError when the request cannot be read
   */
  async answer(request: Buffer, distortion: StatusDistortion = {}): Promise<Buffer | undefined> {
    const { certIds, nonce } = parseOcspRequest(request);
    const found = this.responderOf(certIds) ?? (await this.afterRefresh(certIds));
    if (found === undefined) return undefined;
    const answers = await Promise.all(
      certIds.map(async (certId) => ({ certId, status: await this.statusOf(found, certId, distortion) })),
    );
    const producedMs = this.clock.nowMs();
    const beginMs = distortion.isStale === true ? producedMs - this.config.ocspNextUpdateMs - HOUR_MS : producedMs;
    return this.signing(found, distortion).respond({
      answers,
      producedAt: new Date(producedMs),
      thisUpdate: new Date(beginMs),
      ...this.endOf(beginMs),
      ...(nonce === undefined ? {} : { nonce: distortion.hasWrongNonce === true ? spoilt(nonce) : nonce }),
    });
  }

  private responderOf(certIds: readonly OcspCertId[]): Responder | undefined {
    if (this.generations !== this.authority.generations) this.follow();
    return this.responders.find(({ responder }) => certIds.some((id) => responder.isOwn(id)));
  }

  /** An issuer nobody knows may be a generation that another replica has made. */
  private async afterRefresh(certIds: readonly OcspCertId[]): Promise<Responder | undefined> {
    await this.authority.refresh();
    return this.responderOf(certIds);
  }

  /** One responder per key of the authority. */
  private follow(): void {
    const { root, generations } = this.authority;
    this.generations = generations;
    this.responders = [
      ...[...generations].reverse().map(({ number, issuing, ocsp }) => ({
        responder: new OcspResponder({ ...signerOf(ocsp), issuerCertificate: issuing.certificate }),
        status: (id: OcspCertId) => this.employeeStatus(id, number),
      })),
      {
        responder: new OcspResponder({ ...signerOf(root), issuerCertificate: root.certificate }),
        status: ({ serial }: OcspCertId) => (this.authority.isAuthoritySerial(serial) ? 'good' : 'unknown'),
      },
    ];
  }

  /** Life 0 leaves nextUpdate out: newer information is always available. */
  private endOf(beginMs: number): { nextUpdate?: Date } {
    const { ocspNextUpdateMs } = this.config;
    return ocspNextUpdateMs === 0 ? {} : { nextUpdate: new Date(beginMs + ocspNextUpdateMs) };
  }

  private async statusOf(found: Responder, id: OcspCertId, { isUnknown }: StatusDistortion): Promise<OcspStatus> {
    return isUnknown === true || !found.responder.isOwn(id) ? 'unknown' : found.status(id);
  }

  private async employeeStatus({ serial }: OcspCertId, generation: number): Promise<OcspStatus> {
    const revocation = await this.revocations.find(serial.toString('hex').toUpperCase());
    if (revocation !== undefined) return { revokedAt: new Date(revocation.atMs), reason: revocation.reason };
    return this.authority.isOwnSerial(serial, generation) ? 'good' : 'unknown';
  }

  /** A foreign responder has a key and a certificate that nobody has reason to trust. */
  private signing(found: Responder, { hasForeignResponder }: StatusDistortion): OcspResponder {
    if (hasForeignResponder !== true) return found.responder;
    const foreign = createForeignSigner(this.authority.suite, this.clock.nowMs());
    return new OcspResponder({ ...foreign, issuerCertificate: this.authority.issuer.certificate });
  }
}

const signerOf = ({ keyPair, certificate }: { keyPair: OcspSigner['keyPair']; certificate: Buffer }): OcspSigner => ({
  keyPair,
  certificate,
});

type OcspSigner = Pick<ConstructorParameters<typeof OcspResponder>[0], 'keyPair' | 'certificate'>;

function spoilt(nonce: Buffer): Buffer {
  const changed = Buffer.from(nonce);
  changed[changed.length - 1]! ^= 1;
  return changed;
}
