import { signCms, type SignCmsOptions } from '@poligon/pki';
import type { FaultHints } from './fault-hints.js';

function flipped(signature: Buffer): Buffer {
  const spoilt = Buffer.from(signature);
  spoilt[spoilt.length - 1]! ^= 1;
  return spoilt;
}

/** GOST: r and s change places; whatever else the signature is, its halves do. */
function swapped(signature: Buffer): Buffer {
  const half = signature.length >> 1;
  return Buffer.concat([signature.subarray(half), signature.subarray(0, half)]);
}

function withSignature(options: SignCmsOptions, change: (signature: Buffer) => Buffer): SignCmsOptions {
  const { keyPair } = options;
  return { ...options, keyPair: { ...keyPair, sign: (data) => change(keyPair.sign(data)) } };
}

/** A signature made as the faults of its order ask. @throws PkiError as `signCms` */
export function withCmsFaults(hints: FaultHints, options: SignCmsOptions): Buffer {
  let changed = options;
  if (hints['cms-bad-signature'] === true) changed = withSignature(changed, flipped);
  if (hints['cms-swapped-halves'] === true) changed = withSignature(changed, swapped);
  if (hints['cms-wrong-digest'] === true) {
    changed = { ...changed, contentDigest: options.keyPair.owner.digest(Buffer.from('another document')) };
  }
  if (hints['cms-missing-signing-cert'] === true) changed = { ...changed, hasSigningCertificate: false };
  const cms = signCms(changed);
  return hints['cms-truncated'] === true ? cms.subarray(0, cms.length >> 1) : cms;
}
