/** A certificate taken out of force. */
export interface Revocation {
  /** Upper-case hex without leading zero bytes. */
  readonly serialHex: string;
  readonly atMs: number;
  /** Reason code of RFC 5280 5.3.1; 6 is a hold that may be lifted. */
  readonly reason: number;
  /** When the certificate ends anyway; after that a list need not name it. */
  readonly notAfterMs: number;
  /** Which key of the authority issued it: whose list names it. */
  readonly generation: number;
}

export const HOLD_REASON = 6;
/** In a delta list: the hold is lifted. */
export const REMOVED_REASON = 8;
