import { randomUUID } from 'node:crypto';
import { signCms } from '@poligon/pki';
import { encode, makeIdentity, REDIRECT_URI, timestampOf, type Fields } from './information-system.js';

/** Makes the CMS of a text. */
export type CmsSigner = (text: string) => Buffer;

type FullIdentity = ReturnType<typeof makeIdentity>;

/** CMS with signed attributes by our own library. */
export const ownSigner =
  ({ keyPair, certificate }: FullIdentity, detached = true): CmsSigner =>
  (text) =>
    signCms({ keyPair, certificate, content: Buffer.from(text), signingTime: new Date(), detached });

/** An information system of generation 1. */
export class V1System {
  constructor(
    readonly mnemonic: string,
    readonly identity: Pick<FullIdentity, 'certificatePem'>,
    private readonly signer: CmsSigner,
  ) {}

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
    return encode({ ...fields, client_secret: this.secret(fields), ...changes });
  }

  codeForm(code: string, before: Fields = {}, changes: Fields = {}): string {
    return this.form({ grant_type: 'authorization_code', code, ...before }, changes);
  }

  /** Body of `te` for any grant. */
  form(grant: Fields, changes: Fields = {}): string {
    const fields = {
      client_id: this.mnemonic,
      scope: 'openid',
      state: randomUUID() as string,
      timestamp: timestampOf(),
      redirect_uri: REDIRECT_URI,
      token_type: 'Bearer',
      ...grant,
    };
    return encode({ ...fields, client_secret: this.secret(fields), ...changes });
  }

  private secret({
    scope,
    timestamp,
    client_id,
    state,
  }: Record<'scope' | 'timestamp' | 'client_id' | 'state', string>) {
    return this.signer(scope + timestamp + client_id + state).toString('base64url');
  }
}
