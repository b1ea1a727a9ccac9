import { berToDer } from '../der/ber-to-der.js';
import { readDer, type DerNode } from '../der/der-reader.js';
import { context, oid, sequence, set, setOf, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import type { KeyPair } from '../suites/signature-suite.js';
import { parseCmsSigners } from './parse-cms.js';
import { signerInfo } from './sign-cms.js';

/** One more signature of a document that is signed already. */
export interface CosignCmsOptions {
  readonly keyPair: KeyPair;
  /** The signer's certificate, DER. */
  readonly certificate: Buffer;
  /** The signature that is there, DER or BER. */
  readonly cms: Buffer;
  /** The document, when the signature does not carry it. */
  readonly content?: Buffer;
  readonly signingTime: Date;
  readonly timestamp?: (signatureValue: Buffer) => Buffer;
}

const LIMITS = { maxBytes: 32 * 1024 * 1024, maxDepth: 24, maxValues: 50_000 };

const distinct = (members: readonly Buffer[]): Buffer[] => [
  ...new Map(members.map((member) => [member.toString('base64'), member])).values(),
];

const membersOf = (node: DerNode | undefined): Buffer[] => node?.children().map(({ der }) => der) ?? [];

/**
 * Adds a signer beside those a CMS SignedData has; what they signed stays byte for byte.
 * @throws PkiError `malformed`, `limit-exceeded` for what is no SignedData; `invalid-argument` without the document, or with another one
 */
export function cosignCms(options: CosignCmsOptions): Buffer {
  const { keyPair, certificate, cms, content, signingTime, timestamp } = options;
  const { attachedContent: attached, contentType } = parseCmsSigners(cms)[0]!;
  const document = attached ?? content;
  if (document === undefined) throw new PkiError('invalid-argument', 'the document is neither given nor attached');
  if (attached !== undefined && content !== undefined && !attached.equals(content)) {
    throw new PkiError('invalid-argument', 'the attached document differs from the given one');
  }
  const [type, explicit] = readDer(berToDer(cms, LIMITS), LIMITS).children(TAG.sequence);
  const [version, digests, encapsulated, ...rest] = explicit!.single().children(TAG.sequence);
  const added = signerInfo({
    ...{ keyPair, certificate, contentType: oid(contentType), hasSigningCertificate: true },
    ...{ contentDigest: keyPair.owner.digest(document), signingTime, ...(timestamp ? { timestamp } : {}) },
  });
  const certificates = membersOf(rest.find(({ tag }) => tag === 0xa0));
  const lists = rest.filter(({ tag }) => tag === 0xa1).map(({ der }) => der);
  const body = sequence(
    version!.der,
    set(...distinct([...membersOf(digests), keyPair.owner.digestAlgorithm])),
    encapsulated!.der,
    context(0, ...distinct([...certificates, certificate])),
    ...lists,
    setOf([...membersOf(rest.at(-1)), added]),
  );
  return sequence(type!.der, context(0, body));
}
