import { streebog256 } from '@poligon/pki';
import type { ClientCertificate } from './client-certificate.js';

/** A certificate with the client it belongs to. */
export interface OwnedCertificate {
  readonly clientId: string;
  readonly certificate: ClientCertificate;
}

interface HashEvidence {
  /** `client_certificate_hash` as it came. */
  readonly received: string;
  readonly own: readonly ClientCertificate[];
  readonly everyone: readonly OwnedCertificate[];
}

type Recogniser = (evidence: HashEvidence) => string | undefined;

const hex = (bytes: Buffer): string => bytes.toString('hex').toUpperCase();
const reversed = (text: string): string => hex(Buffer.from(text, 'hex').reverse());

/** Texts of the same certificate that tools may have hashed instead of its DER. */
function textForms({ pem, der }: ClientCertificate): readonly string[] {
  const unix = `${pem.replace(/\r\n/g, '\n').trim()}\n`;
  const forms = [pem, unix, unix.trimEnd(), unix.replaceAll('\n', '\r\n'), der.toString('base64')];
  return [...forms, unix.trimEnd().replaceAll('\n', '\r\n')];
}

const RECOGNISERS: readonly Recogniser[] = [
  ({ own }) => (own.length === 0 ? 'no-certificate: the client has no registered certificate' : undefined),
  ({ received, own }) => {
    if (!/^[0-9A-F]{40}$/.test(received)) return undefined;
    const isOwn = own.some(({ digests }) => digests.sha1 === received);
    return `sha1-thumbprint: 40 hex digits are a SHA-1 thumbprint${isOwn ? ' of the registered certificate' : ''}`;
  },
  ({ received }) =>
    /^[0-9A-F]{64}$/.test(received) ? undefined : 'not-a-hash: the value must be 64 hex digits without separators',
  ({ received, own }) =>
    own.some((certificate) => textForms(certificate).some((text) => hex(streebog256(Buffer.from(text))) === received))
      ? 'pem-hash: Streebog-256 was taken of the PEM text, not of the DER'
      : undefined,
  ({ received, own }) =>
    own.some(({ digests, algorithm }) => algorithm === 'gost2012_256' && digests.sha256 === received)
      ? 'sha256: SHA-256 was taken of the DER, a GOST certificate needs Streebog-256'
      : undefined,
  ({ received, own }) =>
    own.some(({ digests, algorithm }) => algorithm === 'rsa' && digests.gost === received)
      ? 'streebog-of-rsa: Streebog-256 was taken of an RSA certificate, which needs SHA-256'
      : undefined,
  ({ received, own }) =>
    own.some(({ digests }) => digests.gost === reversed(received))
      ? 'reversed-hash: the bytes of the hash come in reverse order'
      : undefined,
  ({ received, everyone }) => {
    const owner = everyone.find(({ certificate }) => certificate.hash === received);
    return owner && `other-client: this is the certificate of ${owner.clientId}`;
  },
];

/** Why a certificate hash was not recognised: a cause word, a colon, and an explanation. */
export function diagnoseHash(
  received: string,
  own: readonly ClientCertificate[],
  everyone: readonly OwnedCertificate[],
) {
  const evidence = { received: received.toUpperCase(), own, everyone };
  for (const recognise of RECOGNISERS) {
    const cause = recognise(evidence);
    if (cause !== undefined) return cause;
  }
  return 'unknown-certificate: no registered certificate has this hash';
}
