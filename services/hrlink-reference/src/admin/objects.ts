import { Injectable } from '@nestjs/common';
import { applicationState } from '../domain/application-lifecycle.js';
import { documentState } from '../domain/document-lifecycle.js';
import { isConversionOver } from '../domain/stored-file.js';
import { ApplicationCodec } from '../protocol/application.codec.js';
import { DocumentCodec } from '../protocol/document.codec.js';
import { lnaCard, nqesIssueRequest } from '../protocol/nqes.codec.js';
import { PersonCodec } from '../protocol/person.codec.js';
import { bulkTask, lnaSendTask, sendTask, signingRequest } from '../protocol/task.codec.js';
import { ApplicationStore } from '../state/application.store.js';
import { DocumentStore } from '../state/document.store.js';
import { ClientUserStore, EmployeeStore } from '../state/people.store.js';
import { StateOfWork } from './state-of-work.js';

/** An object as engineers see it: kind, state and the card its owner would get. No one-time code is in any of them. */
export interface Sight {
  readonly kind: string;
  readonly id: string;
  readonly state: string;
  readonly card: unknown;
}

/** Finds any object by HRlink's id or by the client's externalId. */
@Injectable()
export class Objects {
  constructor(
    private readonly documents: DocumentStore,
    private readonly applications: ApplicationStore,
    private readonly users: ClientUserStore,
    private readonly employees: EmployeeStore,
    private readonly work: StateOfWork,
    private readonly documentCodec: DocumentCodec,
    private readonly applicationCodec: ApplicationCodec,
    private readonly personCodec: PersonCodec,
  ) {}

  /** Everything that answers to `name`: a base externalId may name many documents. */
  find(name: string): Sight[] {
    const one =
      this.document(name) ?? this.application(name) ?? this.person(name) ?? this.issue(name) ?? this.otherWork(name);
    if (one !== undefined) return [one];
    return this.documents.byExternalId(name).flatMap(({ id }) => this.document(id) ?? []);
  }

  private document(id: string): Sight | undefined {
    const document = this.documents.byId(id);
    if (document === undefined) return undefined;
    return { kind: 'document', id, state: documentState(document), card: this.documentCodec.card(document) };
  }

  private application(id: string): Sight | undefined {
    const application = this.applications.byId(id);
    if (application === undefined) return undefined;
    const card = this.applicationCodec.group(application);
    return { kind: 'application', id, state: applicationState(application), card };
  }

  private person(name: string): Sight | undefined {
    const employee = this.employees.byId(name) ?? this.employees.byExternalId(name);
    const user =
      this.users.byId(name) ?? this.users.byExternalId(name) ?? this.users.byId(employee?.clientUserId ?? '');
    if (user === undefined) return undefined;
    const accepted = user.invitation === null ? 'added' : 'invited';
    const state = user.certificate !== null ? 'certified' : user.acceptedAtMs !== null ? 'accepted' : accepted;
    return { kind: 'clientUser', id: user.id, state, card: this.personCodec.row(user) };
  }

  private issue(id: string): Sight | undefined {
    const issue = this.work.issues.byId(id);
    if (issue === undefined) return undefined;
    return { kind: 'nqesIssueRequest', id, state: issue.state, card: nqesIssueRequest(issue, issue.redirectUrl) };
  }

  private otherWork(name: string): Sight | undefined {
    return this.request(name) ?? this.task(name) ?? this.file(name) ?? this.lna(name);
  }

  private request(id: string): Sight | undefined {
    const request = this.work.requests.byId(id);
    if (request === undefined) return undefined;
    return { kind: 'signingRequest', id, state: request.state, card: signingRequest(request) };
  }

  private task(id: string): Sight | undefined {
    const task = this.work.tasks.byId(id);
    if (task === undefined) return undefined;
    const codecs = { bulk: bulkTask, send: sendTask, lnaSend: lnaSendTask };
    return { kind: task.kind, id, state: task.state, card: codecs[task.kind](task) };
  }

  private file(id: string): Sight | undefined {
    const file = this.work.files.byId(id);
    if (file === undefined) return undefined;
    const over = file.processedAtMs === null ? 'conversion-failed' : 'processed';
    return { kind: 'file', id, state: isConversionOver(file) ? over : 'uploaded', card: file };
  }

  private lna(name: string): Sight | undefined {
    const lna = this.work.lnas.byId(name) ?? this.work.lnas.byExternalId(name);
    if (lna === undefined) return undefined;
    return { kind: 'lna', id: lna.id, state: lna.state, card: lnaCard(lna, this.work.files.byId(lna.fileId)) };
  }
}
