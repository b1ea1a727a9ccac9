import { buildBody, literal } from '@poligon/hrlink-api';
import { attribute, CertificateAuthority, signatureSuite, signCms, type KeyPair } from '@poligon/pki';
import type { Portal } from './portal.js';
import type { PortalConnection } from './portal-connection.js';
import { PortalRefusal } from './portal-failure.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
/** How often a document that is still being converted is asked for again. */
const PATIENCE = 5;

/** The employer's УКЭП over documents that were sent: key and certificate of the run's own, made when the first one is signed (hrlink.md 2.5). */
export class DocumentSeal {
  private identity: { readonly keyPair: KeyPair; readonly certificate: Buffer } | undefined = undefined;

  constructor(
    private readonly portal: Portal,
    private readonly connection: PortalConnection,
  ) {}

  /** Signs a document for the employer. @param id HRLink's id @throws PortalFailure, RunInterrupted */
  async put(id: string, employer: string): Promise<void> {
    const { profile, time } = this.portal;
    const content = await this.content(id);
    const { keyPair, certificate } = (this.identity ??= newIdentity(employer, time.nowMs()));
    const signature = signCms({ keyPair, certificate, content, signingTime: new Date(time.nowMs()) });
    const body = buildBody(profile, 'document.employerSign', {
      signingType: literal(profile, 'signingType', 'EXTERNAL_QES'),
      signature: signature.toString('base64'),
    });
    await this.connection.call('document.employerSign', { id }, body);
  }

  /** The file the signature covers; the portal has to convert it first. */
  private async content(id: string): Promise<Buffer> {
    for (let left = PATIENCE; ; left -= 1) {
      try {
        return await this.connection.download('document.originalFile', { id });
      } catch (failure) {
        const isEarly = failure instanceof PortalRefusal && failure.status === 409;
        if (!isEarly || left === 0) throw failure;
        await this.connection.session.control.pause(this.portal.config.taskPollMs);
      }
    }
  }
}

function newIdentity(employer: string, nowMs: number) {
  const keyPair = signatureSuite('gost2012-256').generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', employer)],
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + YEAR_MS),
  });
  return { keyPair, certificate };
}
