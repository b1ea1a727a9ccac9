import * as asn1js from 'asn1js';
import { PkiError } from '../pki.errors.js';
import { guardBer } from './ber-guard.js';
import type { BerLimits } from './ber-guard.js';
import { octetString, tlv } from './der-writer.js';

type Constructed = asn1js.BaseBlock & { valueBlock: { value: asn1js.BaseBlock[] } };

const isConstructed = (block: asn1js.BaseBlock): block is Constructed => block.idBlock.isConstructed;

/** Identifier octet of a low-numbered tag. */
function tagOf({ idBlock }: asn1js.BaseBlock): number {
  if (idBlock.tagNumber > 30) throw new PkiError('malformed', 'BER: long tags are not used here');
  return ((idBlock.tagClass - 1) << 6) | (idBlock.isConstructed ? 0x20 : 0) | idBlock.tagNumber;
}

function encode(block: asn1js.BaseBlock): Buffer {
  if (block instanceof asn1js.OctetString && block.idBlock.isConstructed)
    return octetString(Buffer.from(block.getValue()));
  if (isConstructed(block)) return tlv(tagOf(block), ...block.valueBlock.value.map(encode));
  const { valueBeforeDecodeView: whole, blockLength, lenBlock } = block;
  const content = Buffer.from(whole.buffer, whole.byteOffset + blockLength - lenBlock.length, lenBlock.length);
  return tlv(tagOf(block), content);
}

/**
 * The same document with definite minimal lengths and primitive octet strings. DER comes back as it is, untouched and at
 * no cost; only what some clients stream as BER is rewritten.
 * @throws PkiError `malformed` or `limit-exceeded`
 */
export function berToDer(bytes: Buffer, limits: BerLimits): Buffer {
  if (guardBer(bytes, limits).isDer) return bytes;
  try {
    const { result, offset } = asn1js.fromBER(bytes);
    if (offset < 0) throw new Error(result.error);
    return encode(result);
  } catch (cause) {
    throw cause instanceof PkiError ? cause : new PkiError('malformed', 'BER: cannot be read', { cause });
  }
}
