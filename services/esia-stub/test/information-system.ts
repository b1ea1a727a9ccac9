import { randomUUID } from 'node:crypto';
import { attribute, CertificateAuthority, pem, signatureSuite, type KeyPair, type SuiteId } from '@poligon/pki';
import { certificateHash } from '@poligon/pki';
import { request } from 'undici';

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | null;
}

/** One call without following redirects. */
export async function call(url: string, { method = 'GET', headers = {}, body = null }: Call = {}): Promise<Answer> {
  const reply = await request(url, { method, headers, body });
  return { status: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
}

/** `yyyy.MM.dd HH:mm:ss Z` in UTC. */
export function timestampOf(ms = Date.now()): string {
  const [date, time] = new Date(ms).toISOString().slice(0, 19).split('T');
  return `${date!.replaceAll('-', '.')} ${time} +0000`;
}

export type Fields = Readonly<Record<string, string | undefined>>;

/** Encodes what is defined. */
export const encode = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();

/** A key with a self-signed certificate. */
export interface Identity {
  readonly keyPair: Pick<KeyPair, 'sign'>;
  readonly certificate: Buffer;
  readonly certificatePem: string;
}

export function makeIdentity(suite: SuiteId, validity: { fromMs?: number; toMs?: number } = {}) {
  const keyPair = signatureSuite(suite, suite === 'gost2012-256' ? { backend: 'pure-js' } : {}).generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', `test ${suite}`)],
    notBefore: new Date(validity.fromMs ?? Date.now() - 3_600_000),
    notAfter: new Date(validity.toMs ?? Date.now() + 86_400_000),
  });
  return { keyPair, certificate, certificatePem: pem(certificate, 'CERTIFICATE') };
}

export const REDIRECT_URI = 'https://hr.example.test/esia/callback';

/** An information system as its developer writes it from the instructions: signs requests and reads answers. */
export class InformationSystem {
  constructor(
    readonly mnemonic: string,
    readonly identity: Identity,
    readonly hash: string = certificateHash(identity.certificate, 'gost').toUpperCase(),
  ) {}

  sign(...parts: readonly string[]): string {
    return this.identity.keyPair.sign(Buffer.from(parts.join(''))).toString('base64url');
  }

  /** Query of `v2/ac`; `changes` come after signing, `before` before it. */
  authorization(before: Fields = {}, changes: Fields = {}): string {
    const fields = {
      client_id: this.mnemonic,
      redirect_uri: REDIRECT_URI,
      scope: 'openid fullname snils',
      response_type: 'code',
      state: randomUUID() as string,
      timestamp: timestampOf(),
      access_type: 'offline',
      ...before,
    };
    const client_secret = this.sign(
      fields.client_id,
      fields.scope,
      (fields as Fields)['scope_org'] ?? '',
      fields.timestamp,
      fields.state,
      fields.redirect_uri,
    );
    return encode({ ...fields, client_certificate_hash: this.hash, client_secret, ...changes });
  }

  /** Body of `v3/te` for a code. */
  codeForm(code: string, before: Fields = {}, changes: Fields = {}): string {
    const fields = { ...this.tokenFields(), grant_type: 'authorization_code', code, scope_org: '', ...before };
    const { client_id, scope, scope_org, timestamp, state, redirect_uri } = fields;
    const client_secret = this.sign(client_id, scope, scope_org, timestamp, state, redirect_uri, code);
    return encode({ ...fields, client_certificate_hash: this.hash, client_secret, ...changes });
  }

  /** Body of `v3/te` for a refresh token, the form with redirect_uri. */
  refreshFormA(refresh_token: string): string {
    const fields = { ...this.tokenFields(), grant_type: 'refresh_token', refresh_token };
    const { client_id, scope, timestamp, state, redirect_uri } = fields;
    const client_secret = this.sign(client_id, scope, timestamp, state, redirect_uri);
    return encode({ ...fields, client_certificate_hash: this.hash, client_secret });
  }

  /** The form without redirect_uri, certificate hash and token_type. */
  refreshFormB(refresh_token: string): string {
    const { client_id, scope, state, timestamp } = this.tokenFields();
    const client_secret = this.sign(client_id, scope, timestamp, state, refresh_token);
    return encode({ client_id, scope, state, timestamp, grant_type: 'refresh_token', refresh_token, client_secret });
  }

  private tokenFields() {
    return {
      client_id: this.mnemonic,
      scope: 'openid',
      state: randomUUID() as string,
      timestamp: timestampOf(),
      redirect_uri: REDIRECT_URI,
      token_type: 'Bearer',
    };
  }
}
