import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Logger } from '@poligon/emulator-kit';
import {
  PkiError,
  signCmsInThread,
  type CertificateAuthority,
  type CertificateProfile,
  type IssuedCertificate,
  type SignCmsOptions,
} from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { withCmsFaults } from '../domain/cms-faults.js';
import { NO_HINTS, type FaultHints } from '../domain/fault-hints.js';
import { CaMetrics } from './ca-metrics.js';

/**
 * Has signature values computed on the thread pool of the process, at most so many at a time as the setting says. What comes beyond that, and what
 * a thread fails at, is signed here and now: nothing waits for a thread and nothing is lost with one.
 */
@Injectable()
export class SigningThreads {
  private busy = 0;

  constructor(
    private readonly logger: Logger,
    metrics: CaMetrics,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'signingThreads'>,
  ) {
    metrics.watch('signing_threads_busy', () => this.busy);
  }

  /** A signature with the faults its order asks for. @throws PkiError as `signCms` */
  async cms(hints: FaultHints, options: SignCmsOptions): Promise<Buffer> {
    const here = (): Buffer => withCmsFaults(hints, options);
    if (hints !== NO_HINTS || options.keyPair.signInThread === undefined) return here();
    return this.run(() => signCmsInThread(options), here);
  }

  /** @throws PkiError as `CertificateAuthority.issue` */
  async issue(authority: CertificateAuthority, profile: CertificateProfile): Promise<IssuedCertificate> {
    const here = (): IssuedCertificate => authority.issue(profile);
    if (authority.keyPair.signInThread === undefined) return here();
    return this.run(() => authority.issueInThread(profile), here);
  }

  private async run<T>(inThread: () => Promise<T>, here: () => T): Promise<T> {
    if (this.busy >= this.config.signingThreads) return here();
    this.busy += 1;
    try {
      return await inThread();
    } catch (failure) {
      if (failure instanceof PkiError) throw failure;
      this.logger.warn('signing.thread-failed', { failure: String(failure) });
      return here();
    } finally {
      this.busy -= 1;
    }
  }
}
