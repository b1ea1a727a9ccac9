import { Injectable } from '@nestjs/common';
import type { Application, ApplicationSigner } from '../domain/application.js';
import {
  actorInTurn,
  applicationState,
  applyApplicationSignature,
  decide,
  isApplicationOver,
  openApplicationStage,
  rejectApplication,
  rejecterInTurn,
  takeResponsibility,
  withdrawApplication,
} from '../domain/application-lifecycle.js';
import { APPLICATION_TYPES, SES_FORBIDDEN_CODES } from '../domain/dictionary-seed.js';
import { Refusal, requireState } from '../domain/refusal.js';
import type { SigningRequest, SigningTarget } from '../domain/signing-request.js';
import { convertedFile } from '../domain/stored-file.js';
import { ApplicationStore } from '../state/application.store.js';
import { Background } from './background.js';
import { Capacity } from './capacity.js';
import { Chronicle } from './chronicle.js';
import { CodeSigning, type SigningSubject } from './code-signing.js';
import { Files } from './files.js';
import { Notices } from './notices.js';

/** Who acts on an application. */
export interface Who {
  readonly clientUserId: string | null;
  readonly asHr: boolean;
}

/** The life of an application: signature of the applicant, approvals, processing by HR (spec 4.1, flow (c) 7–11). */
@Injectable()
export class Applications {
  constructor(
    private readonly store: ApplicationStore,
    private readonly files: Files,
    private readonly signing: CodeSigning,
    private readonly capacity: Capacity,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
    private readonly notices: Notices,
  ) {
    signing.serve('application', (target) => this.subject(target));
  }

  /** Starts the applicant's signature. Refuses with `wrongState` before the conversion is done. */
  sign(application: Application, clientUserId: string): SigningRequest {
    const signer = actorInTurn(application, 'SIGNING', { clientUserId, asHr: false });
    requireState(this.files.find(application.fileId).processedAtMs !== null, 'conversion');
    const target: SigningTarget = { kind: 'application', id: application.id, signerId: signer.id };
    const { request, pending } = this.signing.begin(target, clientUserId);
    signer.pending = pending;
    this.save(application, 'signing');
    return request;
  }

  /** ПЭП: no code, at once; forbidden for the Минтруд kinds of 90.428. */
  signWithSes(application: Application, clientUserId: string): void {
    const signer = actorInTurn(application, 'SIGNING', { clientUserId, asHr: false });
    requireState(signer.pending === null, 'signing');
    requireState(this.files.find(application.fileId).processedAtMs !== null, 'conversion');
    const code = APPLICATION_TYPES.find(({ id }) => id === application.typeId)?.mintrudCode ?? '';
    if (SES_FORBIDDEN_CODES.has(code)) throw new Refusal('sesForbidden', { mintrudCode: code });
    const nowMs = this.chronicle.nowMs();
    application.lastSignedAtMs = nowMs;
    decide(application, signer, nowMs);
    this.advance(application, 'signed');
  }

  approve(application: Application, who: Who): void {
    const signer = actorInTurn(application, 'APPROVING', who);
    decide(application, signer, this.chronicle.nowMs());
    this.advance(application, 'approved');
  }

  /** HR has done what was asked for: the flow ends when the print form is stamped. */
  process(application: Application, who: Who): void {
    const signer = actorInTurn(application, 'PROCESSING', who);
    decide(application, signer, this.chronicle.nowMs());
    this.advance(application, 'processed');
  }

  reject(application: Application, who: Who, comment: string): void {
    const signer = rejecterInTurn(application, who);
    rejectApplication(application, signer, comment, this.chronicle.nowMs());
    this.save(application, 'rejected');
    this.chronicle.failed('application', application.id, { state: 'rejected', reason: comment });
  }

  withdraw(application: Application): void {
    withdrawApplication(application, this.chronicle.nowMs());
    this.save(application, 'deleted');
    this.chronicle.failed('application', application.id, { state: 'deleted' });
  }

  takeResponsibility(application: Application, employeeId: string): void {
    takeResponsibility(application, employeeId, this.chronicle.nowMs());
    this.save(application, 'responsible taken');
  }

  private complete(application: Application, signer: ApplicationSigner, signature: Buffer): void {
    if (isApplicationOver(application)) return;
    applyApplicationSignature(application, signer, signature, this.chronicle.nowMs());
    this.advance(application, 'signed');
  }

  private advance(application: Application, what: string): void {
    const isDone = openApplicationStage(application, this.chronicle.nowMs());
    this.save(application, what);
    this.background.run('stamp', async () => {
      await this.capacity.serve('stamp').catch(() => undefined);
      application.printFormUpdatedAtMs = this.chronicle.nowMs();
      if (isDone) this.finish(application);
      else this.store.save(application);
    });
    const waiting = application.signers.filter((one) => one.availableAtMs !== null && one.signedAtMs === null);
    for (const { clientUserId } of waiting) this.notices.newDocument(clientUserId, application.number);
  }

  private finish(application: Application): void {
    application.finishedAtMs = this.chronicle.nowMs();
    application.version += 1;
    this.store.save(application);
    this.chronicle.completed('application', application.id, applicationState(application));
  }

  private save(application: Application, note: string): void {
    this.store.save(application);
    this.chronicle.note(application.id, applicationState(application), note);
  }

  private subject(target: SigningTarget): SigningSubject | undefined {
    const application = this.store.byId(target.id);
    const signer = application?.signers.find((candidate) => candidate.id === target.signerId);
    if (application === undefined || signer === undefined) return undefined;
    const file = this.files.find(application.fileId);
    return {
      number: application.number,
      content: convertedFile(file),
      fileName: file.name,
      complete: (signature) => this.complete(application, signer, signature),
      release: () => {
        signer.pending = null;
        this.store.save(application);
      },
    };
  }
}
