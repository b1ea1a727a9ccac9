import type { Exchange } from '@poligon/emulator-kit';
import type { TlvValue } from './pdu.js';

/** The connection as faults may misuse it. */
export interface Wire {
  /** Hands bytes to the connection, joined with what else leaves in this turn. */
  send(bytes: Buffer): void;
  /** Hands bytes to the connection by themselves, one TCP segment each as far as TCP allows. */
  sendAlone(bytes: Buffer): void;
  /** Keeps a response back until the next one has left. */
  hold(bytes: Buffer): void;
  /** Next sequence_number of the server. */
  nextSequence(): number;
  /** Runs an action later unless the connection is gone by then. */
  after(delayMs: number, action: () => void): void;
  /** Ends the connection after what was sent. */
  close(): void;
  /** Breaks the connection. */
  reset(): void;
}

/** Sends a response in an unusual way. */
export type WireTrick = (response: Buffer, wire: Wire) => void;

/** What a delivery receipt will say; faults change it. */
export interface ReceiptDraft {
  id: string;
  /** True when the configured form of ids is hexadecimal. */
  readonly isHexId: boolean;
  /** YYMMDDhhmm, or with seconds. */
  hasSeconds: boolean;
  textLabel: string;
  dataCoding: number;
  isUcs2: boolean;
  tlvs: Record<string, TlvValue>;
  /** True: it must not leave on the connection the message came by, if there is another. */
  isElsewhere: boolean;
}

export type ReceiptTrick = (draft: ReceiptDraft) => void;

const WIRE = 'smpp wire trick';
const RECEIPT = 'smpp receipt tricks';

/** Has the response of this exchange sent by a trick; the last one asked for wins. */
export function trickWire(exchange: Exchange, trick: WireTrick): void {
  exchange.hint(WIRE, trick);
}

export function wireTrick(exchange: Exchange): WireTrick | undefined {
  return exchange.hinted(WIRE) as WireTrick | undefined;
}

/** Changes the receipt that this exchange is about to send. */
export function trickReceipt(exchange: Exchange, trick: ReceiptTrick): void {
  exchange.hint(RECEIPT, [...receiptTricks(exchange), trick]);
}

export function receiptTricks(exchange: Exchange): readonly ReceiptTrick[] {
  return (exchange.hinted(RECEIPT) as readonly ReceiptTrick[] | undefined) ?? [];
}
