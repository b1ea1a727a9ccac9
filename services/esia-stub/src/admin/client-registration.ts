import { PkiError } from '@poligon/pki';
import { z } from 'zod';
import { readClientCertificate, type ClientCertificate } from '../domain/client-certificate.js';
import type { Client } from '../domain/client.js';
import { isGrantableScope } from '../domain/scope.js';

const pem = z.string().min(1).max(20_000);

/** A registered return address: an http(s) URL, or a domain with an optional port. */
const redirectUri = z
  .string()
  .max(2000)
  .refine(
    (text) =>
      (/^https?:\/\//.test(text) && URL.canParse(text)) ||
      /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$/.test(text),
    'must be an http(s) URL or a domain',
  );

/** Exactly one identifier of a person. */
export const personHintSchema = z
  .strictObject({
    oid: z.number().int().positive().optional(),
    snils: z.string().max(20).optional(),
    phone: z.string().max(30).optional(),
  })
  .refine((hint) => Object.values(hint).filter((given) => given !== undefined).length === 1, {
    message: 'must hold exactly one of oid, snils, phone',
  });

/** What an engineer says of an information system; the mnemonic comes apart. */
export const clientSchema = z
  .strictObject({
    certificatePem: pem.optional(),
    certificatesPem: z.array(pem).max(20).optional(),
    redirectUris: z.array(redirectUri).min(1, 'must name at least one address or domain').max(100),
    scopes: z
      .array(z.string().refine(isGrantableScope, { error: (issue) => `unknown scope ${JSON.stringify(issue.input)}` }))
      .min(1)
      .max(200)
      .optional(),
    consentTypes: z.array(z.string().min(1).max(200)).min(1).max(200).optional(),
    tokenAlg: z.enum(['RS256', 'GOST3410_2012_256']).optional(),
    requestAlgs: z
      .array(z.enum(['gost2012_256', 'rsa']))
      .min(1)
      .default(['gost2012_256', 'rsa']),
    generations: z
      .array(z.enum(['v1', 'v3']))
      .min(1)
      .default(['v1', 'v3']),
    isOfflineAllowed: z.boolean().default(true),
    autoConsent: z.boolean().optional(),
    loginAs: personHintSchema.optional(),
  })
  .refine((client) => client.certificatePem !== undefined || client.certificatesPem !== undefined, {
    path: ['certificatePem'],
    message: 'must be given, or certificatesPem',
  });

export const mnemonicSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'must be 1..100 letters, digits, dots, dashes or underscores');

export type ClientInput = z.output<typeof clientSchema>;

/** A certificate that cannot be used; the message says why. */
export class CertificateRefused extends Error {
  override readonly name = 'CertificateRefused';
}

/** The client an input describes. @throws CertificateRefused */
export function clientOf(mnemonic: string, input: ClientInput): Client {
  const { certificatePem, certificatesPem = [], autoConsent, scopes, consentTypes, tokenAlg, loginAs, ...rest } = input;
  const pems = certificatePem === undefined ? certificatesPem : [certificatePem, ...certificatesPem];
  return {
    mnemonic,
    ...rest,
    scopes,
    consentTypes,
    tokenAlg,
    loginAs,
    isConsentAutomatic: autoConsent,
    certificates: pems.map(read),
  };
}

function read(text: string): ClientCertificate {
  try {
    return readClientCertificate(text);
  } catch (failure) {
    if (failure instanceof PkiError) throw new CertificateRefused(failure.message);
    throw failure;
  }
}

/** A client as the admin door and nobody else shows it. */
export function clientView({ certificates, isConsentAutomatic, ...client }: Client): object {
  return { ...client, autoConsent: isConsentAutomatic, certificates: certificates.map(certificateView) };
}

/** A certificate with the hash requests must carry. */
export function certificateView({ commonName, algorithm, hash, notBeforeMs, notAfterMs }: ClientCertificate): object {
  return {
    commonName,
    algorithm,
    expectedHash: hash,
    notBefore: new Date(notBeforeMs).toISOString(),
    notAfter: new Date(notAfterMs).toISOString(),
  };
}
