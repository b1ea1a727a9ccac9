import { signatureSuite, streebog256, verifySignature } from '@poligon/pki';
import type { ClientCertificate } from './client-certificate.js';
import { decodeClientSecret } from './client-secret.js';
import { GOST_SIGNATURE_BYTES, isSignatureOf } from './client-signature.js';
import type { OwnedCertificate } from './hash-diagnosis.js';
import { SIGNED_FORMS, signedString, type FieldLookup } from './signed-string.js';

/** Everything known of a refused signature. */
export interface SignatureEvidence {
  /** `client_secret` as it came. */
  readonly secret: string;
  /** Strings that would have been accepted. */
  readonly expected: readonly string[];
  readonly certificate: ClientCertificate;
  readonly everyone: readonly OwnedCertificate[];
  readonly fields: FieldLookup;
}

type Recogniser = (evidence: SignatureEvidence, signature: Buffer) => string | undefined;

/** Certificates of others tried for `wrong-key`: each try is a verification. */
const MAX_KEYS_TRIED = 16;
const SIGNED_DATA_OID = Buffer.from('06092a864886f70d010702', 'hex');
const SHA1_WITH_RSA = '1.2.840.113549.1.1.5';

const isValid = ({ certificate, expected }: SignatureEvidence, signature: Buffer): boolean =>
  expected.some((text) => isSignatureOf(certificate, text, signature));

const isGost = ({ certificate }: SignatureEvidence, signature: Buffer): boolean =>
  certificate.algorithm === 'gost2012_256' && signature.length === GOST_SIGNATURE_BYTES;

/** Strings that other instructions and other generations of the protocol tell clients to sign. */
function otherStrings({ fields }: SignatureEvidence): readonly (readonly [string, string])[] {
  // A form whose last field was not sent is the same string as another one under a misleading name.
  const known = Object.entries(SIGNED_FORMS)
    .filter(([, order]) => fields(order.at(-1)!) !== undefined)
    .map(([form, order]) => [form, signedString(order, fields)] as const);
  const full = SIGNED_FORMS['v3 authorization_code'];
  const without = (...left: readonly string[]) => full.filter((field) => !left.includes(field));
  const encoded: FieldLookup = (field) => {
    const value = fields(field);
    return field === 'redirect_uri' && value !== undefined ? encodeURIComponent(value) : value;
  };
  return [
    ...known,
    ['scope first', signedString(['scope', 'scope_org', 'timestamp', 'client_id', 'state', 'redirect_uri'], fields)],
    [
      'scope first with code',
      signedString(['scope', 'timestamp', 'client_id', 'state', 'redirect_uri', 'code'], fields),
    ],
    ['without redirect_uri', signedString(without('redirect_uri', 'code'), fields)],
    ['without redirect_uri but with code', signedString(without('redirect_uri'), fields)],
    ['without scope_org', signedString(without('scope_org', 'code'), fields)],
    ['state before timestamp', signedString(['client_id', 'scope', 'state', 'timestamp', 'redirect_uri'], fields)],
    ['redirect_uri percent-encoded', signedString(without('code'), encoded)],
    ['redirect_uri percent-encoded, with code', signedString(full, encoded)],
  ];
}

const RECOGNISERS: readonly Recogniser[] = [
  (_, signature) =>
    signature[0] === 0x30 && signature.includes(SIGNED_DATA_OID)
      ? 'cms-blob: client_secret is a CMS (PKCS#7) message where a raw signature is expected'
      : undefined,
  ({ certificate }, signature) =>
    certificate.algorithm === 'gost2012_256' && signature.length !== GOST_SIGNATURE_BYTES
      ? `wrong-length: a GOST signature has ${GOST_SIGNATURE_BYTES} bytes, got ${signature.length}`
      : undefined,
  (evidence, signature) =>
    isGost(evidence, signature) && isValid(evidence, Buffer.from(signature).reverse())
      ? 'reversed-signature: all 64 bytes come in reverse order, as CryptoPro csptest writes them'
      : undefined,
  (evidence, signature) =>
    isGost(evidence, signature) && isValid(evidence, Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]))
      ? 'swapped-halves: r comes before s'
      : undefined,
  (evidence, signature) => {
    const found = otherStrings(evidence).find(
      ([, text]) => !evidence.expected.includes(text) && isSignatureOf(evidence.certificate, text, signature),
    );
    return found && `wrong-concatenation: another string was signed (${found[0]})`;
  },
  (evidence, signature) => {
    if (!isGost(evidence, signature)) return undefined;
    const suite = signatureSuite('gost2012-256');
    const isReversed = evidence.expected.some((text) =>
      suite.verifyDigest(evidence.certificate.spki, streebog256(Buffer.from(text)).reverse(), signature),
    );
    return isReversed ? 'reversed-digest: the digest was signed with its bytes reversed' : undefined;
  },
  ({ certificate: { algorithm, spki }, expected }, signature) =>
    algorithm === 'rsa' &&
    expected.some((text) => verifySignature({ algorithm: SHA1_WITH_RSA, spki, data: Buffer.from(text), signature }))
      ? 'sha1-digest: RSA with SHA-1 where SHA-256 is expected'
      : undefined,
  ({ everyone, certificate, expected }, signature) => {
    const others = everyone.filter((owned) => !owned.certificate.der.equals(certificate.der)).slice(0, MAX_KEYS_TRIED);
    const found = others.find((owned) => expected.some((text) => isSignatureOf(owned.certificate, text, signature)));
    return found && `wrong-key: signed with the key of certificate ${found.certificate.hash} of ${found.clientId}`;
  },
];

/** Why a signature was refused: a cause word, a colon, and an explanation. Costs up to some thirty verifications. */
export function diagnoseSignature(evidence: SignatureEvidence): string {
  if (evidence.secret.includes(' ')) return 'plus-not-encoded: a plus sign of base64 was not sent as %2B';
  const signature = decodeClientSecret(evidence.secret);
  if (signature === undefined) return 'not-base64: client_secret is not base64 in any accepted alphabet';
  for (const recognise of RECOGNISERS) {
    const cause = recognise(evidence, signature);
    if (cause !== undefined) return cause;
  }
  return 'no-match: the signature fits neither the expected string nor any registered key';
}
