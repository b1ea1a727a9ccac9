import type { DocumentGroupInput, DocumentInput } from '@poligon/hrlink-api';
import { readAnswer, readLiteral } from '@poligon/hrlink-api';
import { z } from 'zod';
import type { ExportResult } from '../../domain/export-record.js';
import { HR_DOCUMENT_KINDS, type HrDocument, type HrDocumentKind } from '../../domain/hr-document.js';
import { noteFailure } from '../../domain/job-run.js';
import { plainPdf } from '../../domain/plain-pdf.js';
import type { ExportStore } from '../../state/export.store.js';
import { DocumentSeal } from './document-seal.js';
import { multipart } from './multipart.js';
import type { Portal } from './portal.js';
import type { PortalConnection } from './portal-connection.js';
import { FAILURE_TEXTS, PortalFailure, PortalRefusal } from './portal-failure.js';

/** What every document of one kind is sent with. */
export interface Envelope {
  readonly kind: HrDocumentKind;
  readonly typeId: string;
  readonly routeTemplateId: string;
}

const named = z.object({ id: z.string(), name: z.string() });
const route = z.object({ id: z.string(), templateKey: z.string(), signingObjectType: z.string().nullish() });
const file = z.object({ id: z.string() });
const taskItem = z.object({
  externalId: z.string().nullish(),
  id: z.string().nullish(),
  errorMessage: z.string().nullish(),
});

/** Sends documents of employees: files first, then a group that goes straight to signing (hrlink.md 2.6, 4.3 a). */
export class DocumentPush {
  private readonly seal: DocumentSeal;

  constructor(
    private readonly portal: Portal,
    private readonly connection: PortalConnection,
    private readonly exports: ExportStore,
  ) {
    this.seal = new DocumentSeal(portal, connection);
  }

  /** Looks type and route up. @throws PortalFailure when the portal has no such type or route: then nothing is sent */
  async envelope(kind: HrDocumentKind, routeKey: string): Promise<Envelope> {
    const { type, title } = HR_DOCUMENT_KINDS[kind];
    const types = (await this.connection.list('documentTypes')).flatMap((row) => named.safeParse(row).data ?? []);
    const typeId = types.find(({ name }) => name.startsWith(type))?.id;
    if (typeId === undefined) throw new PortalFailure(FAILURE_TEXTS.noDocumentType(title));
    const routes = (await this.connection.list('routeTemplates')).flatMap((row) => route.safeParse(row).data ?? []);
    const isOurs = (one: z.output<typeof route>) =>
      one.templateKey === routeKey && (one.signingObjectType ?? 'DOCUMENT') === 'DOCUMENT';
    const routeTemplateId = routes.find(isOurs)?.id;
    if (routeTemplateId === undefined) throw new PortalFailure(FAILURE_TEXTS.noRoute(routeKey));
    return { kind, typeId, routeTemplateId };
  }

  /** Sends one group; a group that is refused goes again document by document. @throws PortalFailure, RunInterrupted */
  async push(envelope: Envelope, documents: readonly HrDocument[], date: string): Promise<void> {
    const { run } = this.connection.session;
    run.items.sent += documents.length;
    const fileIds = await this.upload(documents);
    await this.group(envelope, documents, { fileIds, date });
  }

  /** Files of a group in several uploads; ids in the order of the documents. */
  private async upload(documents: readonly HrDocument[]): Promise<readonly string[]> {
    const { filesPerUpload } = this.portal.config;
    const ids: string[] = [];
    for (let at = 0; at < documents.length; at += filesPerUpload) {
      ids.push(...(await this.uploadOnce(documents.slice(at, at + filesPerUpload))));
    }
    return ids;
  }

  private async uploadOnce(documents: readonly HrDocument[]): Promise<readonly string[]> {
    const { profile, config } = this.portal;
    const bytes = this.connection.session.hints.fileBytes ?? config.documentBytes;
    const files = documents.map(({ number, title, lines }) => ({
      name: `${number}.pdf`,
      bytes: plainPdf(title, lines, bytes),
    }));
    const answer = await this.connection.call('files.upload', {}, multipart(files));
    const rows = readAnswer(profile, 'files.upload', 'items', answer);
    const ids = (Array.isArray(rows) ? rows : []).flatMap((row) => file.safeParse(row).data?.id ?? []);
    if (ids.length < documents.length) throw new PortalFailure(FAILURE_TEXTS.noFileId);
    return ids;
  }

  private async group(
    envelope: Envelope,
    documents: readonly HrDocument[],
    { fileIds, date }: { readonly fileIds: readonly string[]; readonly date: string },
  ): Promise<void> {
    const body: DocumentGroupInput = {
      name: documents[0]!.title,
      documents: documents.map((one, nth) => this.input(one, envelope, { fileId: fileIds[nth]!, date })),
    };
    try {
      if (this.modeOf(envelope.kind) === 'draft') {
        await this.connection.call('documentGroups.create', {}, body);
        return await this.noted(envelope.kind, documents);
      }
      const answer = await this.connection.call('documentGroups.sendToSigning', {}, body);
      await this.accepted(envelope.kind, documents, answer);
    } catch (failure) {
      if (!isAboutDocuments(failure)) throw failure;
      if (documents.length === 1) return this.refused(envelope.kind, documents[0]!, failure.message);
      for (const [nth, one] of documents.entries()) {
        await this.group(envelope, [one], { fileIds: [fileIds[nth]!], date });
      }
    }
  }

  private input(
    one: HrDocument,
    envelope: Envelope,
    { fileId, date }: { fileId: string; date: string },
  ): DocumentInput {
    const { people } = this.portal;
    return {
      ...{ externalId: this.connection.session.hints.staleExternalId ?? one.refKey, fileId, typeId: envelope.typeId },
      ...{ number: one.number, date: `${date}T00:00:00.000Z`, signingOrder: null },
      legalEntityExternalId: people.organisation(one.person.employerIndex).guid,
      employeeExternalIds: [one.person.employeeGuid],
      routeTemplateId: envelope.routeTemplateId,
    };
  }

  /** Payslips and notices always go; only documents to sign may wait for somebody to send them, or carry the employer's signature. */
  private modeOf(kind: HrDocumentKind): 'send' | 'draft' | 'sign' {
    return kind === 'hr-document' ? this.portal.config.documentMode : 'send';
  }

  /** The portal has them, and there is nothing more to wait for. */
  private async noted(kind: HrDocumentKind, documents: readonly HrDocument[]): Promise<void> {
    const { run } = this.connection.session;
    const keys = documents.map(({ refKey }) => refKey);
    await this.exports.accept(kind, keys, { runId: run.id, atMs: this.portal.time.nowMs() });
    run.items.succeeded += documents.length;
  }

  /** The task was taken; what became of its documents is asked once, or learnt later from the registry. */
  private async accepted(kind: HrDocumentKind, documents: readonly HrDocument[], answer: unknown): Promise<void> {
    const { profile, time, config } = this.portal;
    const { run, control } = this.connection.session;
    const taskId = readAnswer(profile, 'documentGroups.sendToSigning', 'id', answer);
    if (typeof taskId !== 'string' || taskId === '') throw new PortalFailure(FAILURE_TEXTS.noTaskId);
    const moment = () => ({ runId: run.id, atMs: time.nowMs() });
    await this.exports.accept(
      kind,
      documents.map(({ refKey }) => refKey),
      moment(),
    );
    if (!config.sendTaskPoll) {
      run.items.succeeded += documents.length;
      return;
    }
    await control.pause(config.taskPollMs);
    const results = await this.sealed(kind, documents, await this.results(taskId, documents));
    for (const { refKey, error } of results) {
      if (error === null) run.items.succeeded += 1;
      else noteFailure(run, { externalId: refKey, message: error });
    }
    const known = results.filter(({ error, hrlinkId }) => error !== null || hrlinkId !== null);
    await this.exports.complete(kind, known, moment());
  }

  /** Puts the employer's signature on what was sent; a document the portal does not let be signed has failed. */
  private async sealed(kind: HrDocumentKind, documents: readonly HrDocument[], results: readonly ExportResult[]) {
    if (this.modeOf(kind) !== 'sign') return results;
    const sealed: ExportResult[] = [];
    for (const [nth, result] of results.entries()) {
      const { person } = documents[nth]!;
      sealed.push(result.hrlinkId === null ? result : await this.sealedOne(result, person.employerIndex));
    }
    return sealed;
  }

  private async sealedOne(result: ExportResult, employer: number): Promise<ExportResult> {
    try {
      await this.seal.put(result.hrlinkId!, this.portal.people.organisation(employer).name);
      return result;
    } catch (failure) {
      if (!(failure instanceof PortalRefusal)) throw failure;
      return { ...result, error: failure.message };
    }
  }

  /** One result per document; a task that still goes on has none yet, which is no failure. */
  private async results(taskId: string, documents: readonly HrDocument[]): Promise<readonly ExportResult[]> {
    const { profile } = this.portal;
    const answer = await this.connection.call('document.sendTask', { id: taskId });
    const state = readLiteral(profile, 'taskState', readAnswer(profile, 'document.sendTask', 'state', answer));
    const rows = readAnswer(profile, 'document.sendTask', 'items', answer);
    const items = (Array.isArray(rows) ? rows : []).flatMap((row) => taskItem.safeParse(row).data ?? []);
    const failed = state === 'FAILED' ? FAILURE_TEXTS.taskFailed(taskId) : null;
    return documents.map(({ refKey }) => {
      const row = items.find(({ externalId }) => externalId === refKey);
      return { refKey, hrlinkId: row?.id ?? null, error: row?.errorMessage ?? failed };
    });
  }

  private async refused(kind: HrDocumentKind, { refKey }: HrDocument, message: string): Promise<void> {
    const { run } = this.connection.session;
    noteFailure(run, { externalId: refKey, message });
    const moment = { runId: run.id, atMs: this.portal.time.nowMs() };
    await this.exports.complete(kind, [{ refKey, hrlinkId: null, error: message }], moment);
  }
}

/** A refusal of these documents, not of the caller. */
function isAboutDocuments(failure: unknown): failure is PortalRefusal {
  return failure instanceof PortalRefusal && [400, 409, 422].includes(failure.status);
}
