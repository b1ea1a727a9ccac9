import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Journal } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { diagnoseHash, type OwnedCertificate } from '../../domain/hash-diagnosis.js';
import { diagnoseSignature } from '../../domain/signature-diagnosis.js';
import { ClientStore } from '../../state/client.store.js';
import type { OAuthErrorCode } from '../error-table.js';
import { oauthError } from '../errors.js';
import { signedField, type SignedCall } from './signed-call.js';

/** Journal operation of notes about refused signatures. */
const NOTE = 'esia.signature';
/** What is wrong with a CMS, and the journal's words for it. */
interface CmsProblem {
  readonly problem: 'certificate' | 'signature';
  readonly cause: string;
}

const CMS_CODES = { certificate: 'ESIA-007002', signature: 'ESIA-007005' } as const;

/** Longest text kept of what a client sent. */
const MAX_NOTED_CHARS = 2000;

/**
 * Refuses a signature or a certificate hash as faithfully as ESIA does (007053 whatever the reason; in generation 1 007005
 * or 007002) and writes the real reason to the journal. In mode `report` it writes and lets the request pass.
 */
@Injectable()
export class RefusedSignatures {
  private second = 0;
  private diagnosed = 0;

  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly clients: ClientStore,
    private readonly journal: Journal,
  ) {}

  async hash(call: SignedCall, received: string): Promise<void> {
    const { certificates } = call.client!;
    const cause = this.mayDiagnose() ? diagnoseHash(received, certificates, await this.everyone()) : undefined;
    this.refuse(call, cause, {
      expectedHashes: certificates.map(({ hash }) => hash),
      receivedHash: received.slice(0, MAX_NOTED_CHARS),
    });
  }

  async signature(call: SignedCall, expected: readonly string[]): Promise<void> {
    this.refuse(call, await this.causeOf(call, expected), {
      expectedString: expected[0],
      ...(expected.length > 1 ? { otherExpectedStrings: expected.slice(1) } : {}),
      certificateHash: call.certificate?.hash,
      receivedSecret: call.parameters.get('client_secret')?.slice(0, MAX_NOTED_CHARS),
    });
  }

  because(call: SignedCall, cause: string): void {
    this.refuse(call, cause, { receivedHash: call.parameters.get('client_certificate_hash') });
  }

  /** Generation 1 tells a foreign certificate from a bad signature. */
  cms(call: SignedCall, expectedString: string, { problem, cause }: CmsProblem): void {
    const receivedSecret = call.parameters.get('client_secret')?.slice(0, MAX_NOTED_CHARS);
    this.refuse(call, cause, { expectedString, receivedSecret }, CMS_CODES[problem]);
  }

  private async causeOf(call: SignedCall, expected: readonly string[]): Promise<string | undefined> {
    const certificate = call.certificate ?? call.client!.certificates[0];
    if (certificate === undefined) return 'no-certificate: the client has no registered certificate';
    if (!this.mayDiagnose()) return undefined;
    const secret = call.parameters.get('client_secret') ?? '';
    return diagnoseSignature({
      secret,
      expected,
      certificate,
      everyone: await this.everyone(),
      fields: signedField(call),
    });
  }

  private refuse(
    call: SignedCall,
    cause: string | undefined,
    evidence: object,
    code: OAuthErrorCode = 'ESIA-007053',
  ): void {
    this.journal.note(NOTE, cause ?? 'not-analysed: too many refused signatures this second', {
      operation: call.exchange.operation,
      clientId: call.client!.mnemonic,
      state: call.parameters.get('state'),
      ...evidence,
    });
    if (this.config.signatureMode === 'strict') throw oauthError(code);
  }

  /** Certificates of all clients. */
  async everyone(): Promise<readonly OwnedCertificate[]> {
    const clients = await this.clients.list();
    return clients.flatMap(({ mnemonic: clientId, certificates }) =>
      certificates.map((certificate) => ({ clientId, certificate })),
    );
  }

  /** A flood of bad signatures must not buy dozens of verifications each. */
  private mayDiagnose(): boolean {
    const second = Math.floor(this.clock.monotonicMs() / 1000);
    if (second !== this.second) [this.second, this.diagnosed] = [second, 0];
    this.diagnosed += 1;
    return this.diagnosed <= this.config.diagnosesPerS;
  }
}
