import type { FaultHints } from './fault-hints.js';
import type { CaProfile } from './issue-request.js';

export type SigningState = 'QUEUED' | 'DONE' | 'FAILED';

/** A document known to the authority by its digest alone. */
export interface DocumentDigest {
  readonly id: string;
  /** 32 bytes in the digest of the certificate's suite. */
  readonly digest: Buffer;
}

export interface DocumentSignature {
  readonly id: string;
  /** Detached CMS, DER. */
  readonly cms: Buffer;
}

/** One order to sign, with one certificate, any number of documents. */
export interface SigningOperation {
  /** At `astral` the id of the signing event. */
  readonly id: string;
  readonly profile: CaProfile;
  readonly tenant: string;
  readonly certificateId: string;
  readonly subject: string | undefined;
  readonly documents: readonly DocumentDigest[];
  readonly state: SigningState;
  readonly signatures: readonly DocumentSignature[];
  readonly hints: FaultHints;
}
