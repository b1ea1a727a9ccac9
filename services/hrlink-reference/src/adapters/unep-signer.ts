import { Injectable } from '@nestjs/common';
import { parseCertificate, signatureSuite, type SignatureSuite, type SuiteId, verifyCms } from '@poligon/pki';
import type { UserCertificate } from '../domain/client-user.js';
import { AstralAuthority } from './astral-authority.js';
import { KonturAuthority } from './kontur-authority.js';
import { OutgoingFailure } from './outgoing-failure.js';

/** A document on its way to the certification authority: only the hash leaves. */
export interface DocumentToSign {
  readonly id: string;
  readonly fileName: string;
  readonly content: Buffer;
}

/** Signs with a person's key kept at the authority that issued it: hash out, CMS in, CMS checked (spec 4.3 (e) 6). */
@Injectable()
export class UnepSigner {
  private readonly suites = new Map<SuiteId, SignatureSuite>();

  constructor(
    private readonly astral: AstralAuthority,
    private readonly kontur: KonturAuthority,
  ) {}

  /** Detached CMS. `requestId` makes repetitions the same request. @throws OutgoingFailure */
  async sign(certificate: UserCertificate, document: DocumentToSign, requestId: string): Promise<Buffer> {
    const authority = certificate.caStyle === 'astral' ? this.astral : this.kontur;
    const hash = this.suiteOf(certificate).digest(document.content).toString('base64');
    const order = {
      certificateId: certificate.id,
      requestId,
      document: { id: document.id, fileName: document.fileName, hash },
    };
    const signature = await authority.sign(order);
    const verdict = verifyCms(signature, document.content, { certificates: [certificate.der] });
    if (!verdict.valid) throw new OutgoingFailure(`ca.sign: signature does not verify: ${verdict.reason ?? ''}`, true);
    if (!verdict.signerCertificate?.equals(certificate.der)) {
      throw new OutgoingFailure('ca.sign: signature is by another certificate', true);
    }
    return signature;
  }

  private suiteOf(certificate: UserCertificate): SignatureSuite {
    const id = parseCertificate(certificate.der).suite;
    if (id === undefined) throw new OutgoingFailure('ca.sign: certificate has a key of an unknown kind', true);
    let suite = this.suites.get(id);
    if (suite === undefined) this.suites.set(id, (suite = signatureSuite(id)));
    return suite;
  }
}

/** One hash to be signed, as the authorities take it. */
export interface SignatureOrder {
  readonly certificateId: string;
  readonly requestId: string;
  readonly document: { readonly id: string; readonly fileName: string; readonly hash: string };
}
