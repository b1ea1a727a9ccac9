import { verifyCms } from '@poligon/pki';
import type { ClientCertificate } from './client-certificate.js';
import type { OwnedCertificate } from './hash-diagnosis.js';

/** Longest CMS looked at: the content is a line of text, the rest one or two certificates. */
const MAX_CMS_BYTES = 65_536;

/** Who signed a `client_secret` of generation 1, or why nobody known did. */
export type CmsSecretVerdict =
  | { readonly certificate: ClientCertificate }
  /** `certificate`: the signature is good, but by a certificate that belongs to somebody else. */
  | { readonly problem: 'certificate' | 'signature'; readonly cause: string };

/** Certificates a signature may have been made with. */
export interface CmsSigners {
  readonly own: readonly ClientCertificate[];
  readonly everyone: readonly OwnedCertificate[];
}

/**
 * Judges a CMS SignedData over the UTF-8 text (рекомендации, 2.2): attached or detached, with or without signed attributes,
 * DER or BER, GOST or RSA. Only a certificate registered for the client counts, whatever the message carries. Never throws.
 */
export function judgeCmsSecret(cms: Buffer, expected: string, { own, everyone }: CmsSigners): CmsSecretVerdict {
  if (cms.length > MAX_CMS_BYTES) return refused(`too-long: the CMS has more than ${MAX_CMS_BYTES} bytes`);
  if (cms[0] !== 0x30) return refused(`raw-signature: client_secret is not a CMS (PKCS#7) message`);
  const certificates = own.map(({ der }) => der);
  const { valid, reason, signerCertificate, attachedContent } = verifyCms(cms, Buffer.from(expected), { certificates });
  if (!valid) return refused(causeOf(reason, attachedContent, expected));
  const certificate = own.find(({ der }) => der.equals(signerCertificate!));
  if (certificate !== undefined) return { certificate };
  const owner = everyone.find((owned) => owned.certificate.der.equals(signerCertificate!));
  return owner === undefined
    ? refused('unknown-certificate: signed with a certificate that nobody registered')
    : { problem: 'certificate', cause: `wrong-key: signed with the certificate of ${owner.clientId}` };
}

const refused = (cause: string): CmsSecretVerdict => ({ problem: 'signature', cause });

function causeOf(reason: string | undefined, attached: Buffer | undefined, expected: string): string {
  if (attached !== undefined && !attached.equals(Buffer.from(expected))) {
    return `wrong-concatenation: the attached text is another one: ${attached.toString('utf8').slice(0, 500)}`;
  }
  return `bad-cms: ${reason ?? 'the signature does not match'}`;
}
