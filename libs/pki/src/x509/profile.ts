import type { KeyUsage, RawExtension } from './extensions.js';
import type { SubjectAttribute } from './names.js';

/** The extensions a CA puts into every certificate unless a profile says otherwise. */
export interface CertificateDefaults {
  /** Default: digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment. */
  keyUsage?: readonly KeyUsage[];
  /** OIDs. Default: clientAuth, emailProtection. An empty list leaves the extension out. */
  extendedKeyUsage?: readonly string[];
  isExtendedKeyUsageCritical?: boolean;
  /** Policy OIDs. Default: КС1. An empty list leaves the extension out. */
  policies?: readonly string[];
  crlUrls?: readonly string[];
  ocspUrls?: readonly string[];
  caIssuerUrls?: readonly string[];
  /** Name of the subject's signing tool (1.2.643.100.111). */
  subjectSignTool?: string;
  /** signTool, cATool, signToolCert, cAToolCert (1.2.643.100.112). */
  issuerSignTool?: readonly [string, string, string, string];
}

/** What one certificate says. Fields of `CertificateDefaults` override those of the CA. */
export interface CertificateProfile extends CertificateDefaults {
  /** In encoding order; each attribute becomes its own RDN. */
  subject: readonly SubjectAttribute[];
  /** SubjectPublicKeyInfo DER of the subject, of any suite. */
  spki: Buffer;
  notBefore: Date;
  notAfter: Date;
  /** Unsigned big-endian bytes, at most 20. Default: 16 random bytes, first byte 0x01..0x7f. */
  serial?: Buffer;
  /** 0 in person, 1 by a valid qualified signature, 2 biometric passport, 3 ЕСИА/ЕБС. */
  identificationKind?: number;
  /** Present only in certificates of authorities. */
  basicConstraints?: { pathLength?: number };
  /** Extensions this library has no field for, appended as they are. */
  extraExtensions?: readonly RawExtension[];
}
