import { bitString, generalizedTime, integer, oid, sequence, TAG, tlv } from '../der/der-writer.js';
import { signedData } from '../cms/sign-cms.js';
import type { KeyPair, SignatureSuite } from '../suites/signature-suite.js';
import { OID } from '../x509/oids.js';
import type { TimestampRequest } from './timestamp-request.js';

/** Bits of PKIFailureInfo (RFC 3161 2.4.2). */
export const TSP_FAILURES = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  systemFailure: 25,
} as const;
export type TspFailure = keyof typeof TSP_FAILURES;

/** Length in bytes of the digests that are time-stamped, by OID. */
const IMPRINT_BYTES: Readonly<Record<string, number | undefined>> = {
  [OID.sha256]: 32,
  [OID.sha384]: 48,
  [OID.sha512]: 64,
  [OID.streebog256]: 32,
  [OID.streebog512]: 64,
};

const GRANTED = sequence(integer(0));
const VERSION_1 = integer(1);
const TST_INFO = oid(OID.timeStampInfo);
const ACCURACY_1_S = sequence(integer(1));

/** A TimeStampResp without a token: PKIStatus 2 (rejection) with its reason. */
export function timestampRejection(failure: TspFailure, text: string): Buffer {
  const bit = TSP_FAILURES[failure];
  const bytes = Buffer.alloc((bit >> 3) + 1);
  bytes[bit >> 3] = 0x80 >> (bit & 7);
  const words = sequence(tlv(TAG.utf8String, Buffer.from(text, 'utf8')));
  return sequence(sequence(integer(2), words, bitString(bytes, 7 - (bit & 7))));
}

/** A TimeStampResp with a token. */
export const timestampReply = (token: Buffer): Buffer => sequence(GRANTED, token);

export interface TimestampAuthorityOptions {
  keyPair: KeyPair;
  /** Certificate with critical EKU timeStamping only. */
  certificate: Buffer;
  /** Certificates above it, sent along when a client wants certificates. */
  chain?: readonly Buffer[];
  /** Policy of tokens, OID. */
  policy: string;
}

export interface TimestampMoment {
  genTime: Date;
  /** Unsigned big-endian bytes. */
  serial: Buffer;
}

/** Makes time-stamp tokens (RFC 3161): TSTInfo in a CMS SignedData version 3, from DER templates. */
export class TimestampAuthority {
  private readonly policyDer: Buffer;

  constructor(private readonly options: TimestampAuthorityOptions) {
    this.policyDer = oid(options.policy);
  }

  get suite(): SignatureSuite {
    return this.options.keyPair.owner;
  }

  /** Why a request cannot be served; undefined when it can. */
  objection({ imprint, policy, hasExtensions }: TimestampRequest): TspFailure | undefined {
    const bytes = IMPRINT_BYTES[imprint.algorithm];
    if (bytes === undefined) return 'badAlg';
    if (imprint.digest.length !== bytes) return 'badDataFormat';
    if (policy !== undefined && policy !== this.options.policy) return 'unacceptedPolicy';
    return hasExtensions ? 'unacceptedExtension' : undefined;
  }

  /** A token, DER. The request has been found unobjectionable. */
  token(
    request: Pick<TimestampRequest, 'imprint' | 'nonceDer' | 'isCertificateWanted'>,
    moment: TimestampMoment,
  ): Buffer {
    const { keyPair, certificate, chain = [] } = this.options;
    const nonce = request.nonceDer === undefined ? [] : [request.nonceDer];
    const content = sequence(
      VERSION_1,
      this.policyDer,
      request.imprint.der,
      integer(moment.serial),
      generalizedTime(moment.genTime),
      ACCURACY_1_S,
      ...nonce,
    );
    return signedData({
      ...{ keyPair, certificate, content, contentType: TST_INFO, hasSigningCertificate: true },
      certificates: request.isCertificateWanted ? [certificate, ...chain] : [],
      contentDigest: keyPair.owner.digest(content),
      signingTime: moment.genTime,
    });
  }

  /** Token over a signature value, certificates included: what CAdES-T carries. */
  tokenOver(signatureValue: Buffer, moment: TimestampMoment): Buffer {
    const { digestAlgorithm } = this.suite;
    const digest = this.suite.digest(signatureValue);
    const der = sequence(digestAlgorithm, tlv(TAG.octetString, digest));
    return this.token({ imprint: { der, algorithm: '', digest }, isCertificateWanted: true }, moment);
  }
}
