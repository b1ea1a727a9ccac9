import type { SmppSession } from './smpp-session.js';

/** An address with its type of number and numbering plan. */
export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

/** What a message remembers of the submit it came by. */
export interface SmppReturn {
  readonly source: SmppAddress;
  readonly destination: SmppAddress;
  readonly serviceType: string;
  registeredDelivery: number;
  readonly session: SmppSession;
  /** The number the ESME knows when several messages share it (submit_multi). */
  sharedId: number | undefined;
}
