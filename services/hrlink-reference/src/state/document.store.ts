import type { DocumentGroup, HrDocument } from '../domain/document.js';

/** Document groups and their documents, drafts and sent ones. */
export abstract class DocumentStore {
  abstract saveGroup(group: DocumentGroup): void;
  abstract save(document: HrDocument): void;
  abstract groupById(id: string): DocumentGroup | undefined;
  abstract byId(id: string): HrDocument | undefined;
  /** Documents whose own or base externalId is `externalId`, oldest first. */
  abstract byExternalId(externalId: string): HrDocument[];
  /** Groups newest first. */
  abstract groups(offset: number, limit: number): DocumentGroup[];
  /** Sent documents the person takes part in, newest first. */
  abstract ofPerson(clientUserId: string, offset: number, limit: number): HrDocument[];
}
