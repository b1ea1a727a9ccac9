import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { UnepSigner } from '../adapters/unep-signer.js';
import type { Config } from '../config.js';
import { validCertificate } from '../domain/client-user.js';
import type { PendingSignature } from '../domain/document.js';
import { useCode } from '../domain/one-time-code.js';
import { found, Refusal } from '../domain/refusal.js';
import {
  isAwaitingCode,
  newSigningRequest,
  requireAwaitingCode,
  type SigningRequest,
  type SigningTarget,
} from '../domain/signing-request.js';
import { ClientUserStore } from '../state/people.store.js';
import { SigningRequestStore } from '../state/work.store.js';
import { Background } from './background.js';
import { Capacity } from './capacity.js';
import { Chronicle } from './chronicle.js';
import { CodeSender } from './code-sender.js';

/** What the signing of one kind of object needs of its owner. */
export interface SigningSubject {
  /** Number shown in the SMS. */
  readonly number: string | null;
  /** The bytes to be signed. */
  readonly content: Buffer;
  readonly fileName: string;
  /** Puts the verified signature on. */
  complete(signature: Buffer): void;
  /** Makes the signer free again after a failure or a cancel. */
  release(): void;
}

/** Finds the owner's side of a target; undefined when the object is gone. */
export type SubjectFinder = (target: SigningTarget) => SigningSubject | undefined;

/** Flow (e) and step (c) 7–9: code by SMS, confirmation, signature at the certification authority. */
@Injectable()
export class CodeSigning {
  private readonly finders = new Map<SigningTarget['kind'], SubjectFinder>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: SigningRequestStore,
    private readonly users: ClientUserStore,
    private readonly codes: CodeSender,
    private readonly signer: UnepSigner,
    private readonly capacity: Capacity,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
  ) {}

  /** Tells where objects of a kind are found. */
  serve(kind: SigningTarget['kind'], finder: SubjectFinder): void {
    this.finders.set(kind, finder);
  }

  /** Starts a request and answers at once; the code leaves in the background. Refuses with `noSigningMethod`. */
  begin(target: SigningTarget, clientUserId: string): { request: SigningRequest; pending: PendingSignature } {
    const user = found(this.users.byId(clientUserId), 'clientUser');
    const nowMs = this.chronicle.nowMs();
    if (validCertificate(user, nowMs) === undefined) throw new Refusal('noSigningMethod');
    const request = newSigningRequest(
      { id: this.codes.newId(), target, clientUserId, rules: this.rules(target) },
      nowMs,
    );
    this.store.save(request);
    this.chronicle.accepted('signing', request.id, 'CREATED');
    this.sendCode(request);
    const pending = { signingType: 'CLOUD_NQES', signingRequestId: request.id, createdAtMs: nowMs };
    return { request, pending };
  }

  /** Sends another code, at most one a minute; the earlier one is void. */
  resend(request: SigningRequest): void {
    requireAwaitingCode(request);
    this.sendCode(request);
  }

  /** Spends the code; the signature follows in the background. */
  confirm(request: SigningRequest, code: string): void {
    requireAwaitingCode(request);
    useCode(request.challenge, code, this.chronicle.nowMs());
    this.move(request, 'CONFIRMED');
    this.background.run(
      'sign',
      () => this.sign(request),
      (reason) => this.fail(request, reason),
    );
  }

  cancel(request: SigningRequest): void {
    requireAwaitingCode(request);
    this.end(request, 'CANCELLED');
    this.subject(request)?.release();
  }

  private rules(target: SigningTarget) {
    const isDocument = target.kind === 'document';
    return {
      length: isDocument ? this.config.documentCodeLength : this.config.applicationCodeLength,
      ttlMs: this.config.codeTtlMs,
      attempts: this.config.codeAttempts,
      resendAfterMs: this.config.codeResendMs,
    };
  }

  private sendCode(request: SigningRequest): void {
    const number = this.subject(request)?.number ?? 'б/н';
    this.codes.send({
      challenge: request.challenge,
      clientUserId: request.clientUserId,
      text: (code) => `Код для подписания документа № ${number}: ${code}`,
      onSent: () => this.codeSent(request),
      onFailed: (reason) => this.codeNotSent(request, reason),
    });
  }

  private codeSent(request: SigningRequest): void {
    request.codeSentAtMs = this.chronicle.nowMs();
    request.errorMessage = null;
    if (request.state === 'CREATED') this.move(request, 'CODE_SENT');
  }

  /** The request stays open: the employee may ask for a code again at once. */
  private codeNotSent(request: SigningRequest, reason: string): void {
    if (!isAwaitingCode(request)) return;
    request.errorMessage = reason;
    this.store.save(request);
    this.chronicle.note(request.id, request.state, reason);
  }

  private async sign(request: SigningRequest): Promise<void> {
    await this.capacity.serve('sign');
    const subject = found(this.subject(request), request.target.kind);
    const user = found(this.users.byId(request.clientUserId), 'clientUser');
    const certificate = found(validCertificate(user, this.chronicle.nowMs()), 'certificate');
    const document = { id: request.target.id, fileName: subject.fileName, content: subject.content };
    const signature = await this.signer.sign(certificate, document, request.id);
    request.signedAtMs = this.chronicle.nowMs();
    subject.complete(signature);
    this.end(request, 'SIGNED');
  }

  private fail(request: SigningRequest, reason: string): void {
    request.errorMessage = reason;
    this.end(request, 'FAILED');
    this.subject(request)?.release();
  }

  private move(request: SigningRequest, state: SigningRequest['state']): void {
    request.state = state;
    this.store.save(request);
    this.chronicle.note(request.id, state);
  }

  private end(request: SigningRequest, state: 'SIGNED' | 'FAILED' | 'CANCELLED'): void {
    request.state = state;
    this.store.save(request);
    if (state === 'SIGNED') this.chronicle.completed('signing', request.id, state);
    else this.chronicle.failed('signing', request.id, { state, reason: request.errorMessage ?? undefined });
  }

  private subject(request: SigningRequest): SigningSubject | undefined {
    return this.finders.get(request.target.kind)?.(request.target);
  }
}
