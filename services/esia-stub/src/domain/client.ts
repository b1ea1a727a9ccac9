import type { ClientCertificate } from './client-certificate.js';

/** Kind of key an information system may sign its requests with. */
export type RequestAlgorithm = 'gost2012_256' | 'rsa';
/** Value of `alg` in the header of tokens. */
export type TokenAlgorithm = 'RS256' | 'GOST3410_2012_256';

/** Generation of the protocol: v1 signs with CMS; v3 stands for `v2/ac` with `v3/te` and signs with raw signatures. */
export type Generation = 'v1' | 'v3';

/** How to find the person who logs in without a form: by exactly one of these. */
export interface PersonHint {
  readonly oid?: number | undefined;
  readonly snils?: string | undefined;
  readonly phone?: string | undefined;
}

/** An information system (ИС) registered with ESIA. */
export interface Client {
  readonly mnemonic: string;
  readonly certificates: readonly ClientCertificate[];
  /** Full addresses, or domains such as `hr.example.test` that allow any path and subdomain. */
  readonly redirectUris: readonly string[];
  /** Scopes granted on the technical portal; undefined grants every known one. */
  readonly scopes: readonly string[] | undefined;
  /** Types of digital-profile consent it may ask for; undefined allows every known one. */
  readonly consentTypes: readonly string[] | undefined;
  readonly requestAlgs: readonly RequestAlgorithm[];
  readonly generations: readonly Generation[];
  /** Undefined leaves it to the emulator's setting. */
  readonly tokenAlg: TokenAlgorithm | undefined;
  readonly isOfflineAllowed: boolean;
  /** Undefined leaves it to the emulator's setting. */
  readonly isConsentAutomatic: boolean | undefined;
  /** Everybody who comes through this client is this person. */
  readonly loginAs: PersonHint | undefined;
}
