import type { StatusName } from './tables/command-status.js';

/** A destination of submit_multi: an address, or the name of a distribution list. */
export type Destination =
  { readonly ton: number; readonly npi: number; readonly address: string } | { readonly list: string };

/** An address that a submit_multi did not reach. */
export interface Failure {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
  readonly status: number;
}

export type FieldValue = number | string | Buffer | readonly Destination[] | readonly Failure[];
export type Fields = Readonly<Record<string, FieldValue>>;
export type TlvValue = number | string | Buffer;

/** A decoded PDU. Fields the body does not hold are absent (an error response may carry no body). */
export interface Pdu {
  readonly command: string;
  readonly status: number;
  readonly sequence: number;
  readonly fields: Fields;
  /** Optional parameters by name; those the table does not know by their hexadecimal tag, as octets. */
  readonly tlvs: Readonly<Record<string, TlvValue>>;
}

/** A PDU that cannot be decoded; `status` is what its sender is answered with. */
export class PduError extends Error {
  override readonly name = 'PduError';

  constructor(
    readonly status: StatusName,
    message: string,
  ) {
    super(message);
  }
}

/** A text field; empty when absent. */
export function textOf({ fields }: Pdu, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** A number field; 0 when absent. */
export function byteOf({ fields }: Pdu, name: string): number {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
}

const NOTHING = Buffer.alloc(0);

/** An octets field; empty when absent. */
export function octetsOf({ fields }: Pdu, name: string): Buffer {
  const value = fields[name];
  return Buffer.isBuffer(value) ? value : NOTHING;
}
