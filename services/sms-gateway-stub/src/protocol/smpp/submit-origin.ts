import type { SmppAddress } from './smpp-return.js';

/** service_type and source of a submit, as they stand in it and read. */
export interface SubmitOrigin {
  readonly octets: Uint8Array;
  readonly serviceType: string;
  readonly source: SmppAddress;
}

/** Reads service_type, ton, npi and the address from their octets. */
export function submitOrigin(stream: Buffer, from: number, to: number): SubmitOrigin {
  const octets = Buffer.from(stream.subarray(from, to));
  const at = octets.indexOf(0);
  return {
    octets,
    serviceType: octets.toString('latin1', 0, at),
    source: {
      ton: octets[at + 1]!,
      npi: octets[at + 2]!,
      address: octets.toString('latin1', at + 3, octets.length - 1),
    },
  };
}

/** True when an origin stands there. */
export function isOriginAt({ octets }: SubmitOrigin, stream: Buffer, from: number, to: number): boolean {
  if (to - from !== octets.length) return false;
  for (let at = 0; at < octets.length; at += 1) if (octets[at] !== stream[from + at]) return false;
  return true;
}
