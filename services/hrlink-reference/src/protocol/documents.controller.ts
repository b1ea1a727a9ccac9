import { Controller, Inject, Param } from '@nestjs/common';
import { CONFIG, type WireReply } from '@poligon/emulator-kit';
import { readLiteral } from '@poligon/hrlink-api';
import { z } from 'zod';
import { type Config, profile } from '../config.js';
import { type Actor, personOf } from '../domain/actor.js';
import type { HrDocument } from '../domain/document.js';
import { found, Refusal, requireState } from '../domain/refusal.js';
import { documentInput, type DocumentFields } from '../flow/document-draft-input.js';
import { DocumentDrafts } from '../flow/document-drafts.js';
import { Documents } from '../flow/documents.js';
import { DocumentStore } from '../state/document.store.js';
import { CurrentActor } from './caller.js';
import { DocumentCodec } from './document.codec.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf, InputOf, page } from './input.decorator.js';
import { documentArchive } from './document-archive.js';
import { pdfReply, stamped } from './print-form.js';
import { success } from './success.js';
import { signingRequest } from './task.codec.js';

const updateInput = documentInput.extend({ version: z.int().nullish() });
const signInput = z.object({ signingType: z.string().default('CLOUD_NQES') });
const employerInput = z.object({ signingType: z.string().nullish(), signature: z.base64().min(1).max(200_000) });
const reasonInput = z.object({ reason: z.string().max(2000).nullish() });
const commentInput = z.object({ comment: z.string().max(2000).nullish() });

/** One document: card, signatures, end of life, files (spec 2.6, 2.8). */
@Controller()
export class DocumentsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: DocumentStore,
    private readonly documents: Documents,
    private readonly drafts: DocumentDrafts,
    private readonly codec: DocumentCodec,
  ) {}

  @HrlinkRoute('document.get', { about: "card; an employee's first look sets seenDate", access: 'any' })
  get(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const document = this.visible(id, actor);
    if (actor.clientUserId !== null) this.documents.look(document, actor.clientUserId);
    return success({ document: this.codec.card(document) });
  }

  @HrlinkRoute('document.employeeList', { about: "the employee's own documents", access: 'employee', pool: 'registry' })
  employeeList(@BodyOf(page) filter: z.output<typeof page>, @CurrentActor() actor: Actor) {
    const limit = Math.min(filter.limit ?? 50, this.config.maxPageLimit);
    const documents = this.store.ofPerson(personOf(actor), filter.offset ?? 0, limit);
    return success({ documents: documents.map((document) => this.codec.card(document)) });
  }

  @HrlinkRoute('document.update', { about: 'edits a draft' })
  update(@Param('id') id: string, @BodyOf(updateInput) body: DocumentFields & { version?: number | null }) {
    const document = this.byId(id);
    this.drafts.update(document, body, body.version ?? undefined);
    return success({ document: this.codec.card(document) });
  }

  @HrlinkRoute('document.delete', { about: 'deletes a document not signed by both sides' })
  delete(@Param('id') id: string) {
    this.documents.delete(this.byId(id));
    return success({});
  }

  @HrlinkRoute('document.annul', { about: 'annuls a document signed by both sides' })
  annul(@Param('id') id: string, @InputOf('document.annul', reasonInput) { reason }: z.output<typeof reasonInput>) {
    this.documents.annul(this.byId(id), reason ?? '');
    return success({});
  }

  @HrlinkRoute('document.reject', { about: 'a participant declines', access: 'employee' })
  reject(
    @Param('id') id: string,
    @InputOf('document.reject', commentInput) { comment }: z.output<typeof commentInput>,
    @CurrentActor() actor: Actor,
  ) {
    this.documents.reject(this.byId(id), personOf(actor), comment ?? '');
    return success({});
  }

  /** By the head manager, or by HR, whose token stands for the employer on a stand. */
  @HrlinkRoute('document.employerSign', { about: "employer's detached CMS over the converted file", access: 'any' })
  employerSign(
    @Param('id') id: string,
    @InputOf('document.employerSign', employerInput) { signature }: z.output<typeof employerInput>,
    @CurrentActor() actor: Actor,
  ) {
    this.documents.employerSign(this.visible(id, actor), Buffer.from(signature, 'base64'));
    return success({});
  }

  @HrlinkRoute('document.sign', {
    about: 'starts a signature with cloud УНЭП: an SMS code follows',
    access: 'employee',
  })
  sign(
    @Param('id') id: string,
    @InputOf('document.sign', signInput) { signingType }: z.output<typeof signInput>,
    @CurrentActor() actor: Actor,
  ) {
    if (readLiteral(profile, 'signingType', signingType) !== 'CLOUD_NQES') {
      throw new Refusal('noSigningMethod', { signingType });
    }
    const request = this.documents.sign(this.visible(id, actor), personOf(actor));
    return success({ signingRequest: signingRequest(request) });
  }

  @HrlinkRoute('document.originalFile', { about: 'converted file: what signatures cover', access: 'any' })
  originalFile(@Param('id') id: string, @CurrentActor() actor: Actor): WireReply {
    return pdfReply(this.documents.content(this.visible(id, actor)), `${id}.pdf`);
  }

  @HrlinkRoute('document.printForm', { about: 'stamped PDF', access: 'any' })
  printForm(@Param('id') id: string, @CurrentActor() actor: Actor): WireReply {
    const document = this.visible(id, actor);
    return pdfReply(stampedPdf(document), `${document.content.number ?? 'document'}.pdf`);
  }

  @HrlinkRoute('document.archive', { about: 'zip of PDF files, signatures and metadata' })
  archive(@Param('id') id: string): WireReply {
    const document = this.byId(id);
    return documentArchive(document, { original: this.documents.content(document), stamped: stampedPdf(document) });
  }

  private byId(id: string): HrDocument {
    return found(this.store.byId(id), 'document');
  }

  /** HR sees everything; a person only documents they take part in: others do not exist for them. */
  private visible(id: string, actor: Actor): HrDocument {
    const document = this.byId(id);
    const isParticipant = document.signers.some(({ clientUserId }) => clientUserId === actor.clientUserId);
    return found(actor.isHr || isParticipant ? document : undefined, 'document');
  }
}

/** Refuses with `wrongState` a draft: nothing was signed yet. */
function stampedPdf(document: HrDocument): Buffer {
  requireState(!document.isDraft, 'draft');
  const stamps = document.signers.map(({ id, signerType, signedAtMs }) => ({ id, kind: signerType, signedAtMs }));
  return stamped(document.id, document.content.number, stamps);
}
