import type { Provider, Type } from '@nestjs/common';
import { Objects } from './admin/objects.js';
import { Seed } from './admin/seed.js';
import { StateOfWork } from './admin/state-of-work.js';
import { TrueParents } from './admin/true-parents.js';
import { WorkMetrics } from './admin/work-metrics.js';
import { AstralAuthority } from './adapters/astral-authority.js';
import { EsiaClient } from './adapters/esia-client.js';
import { EsiaKey } from './adapters/esia-key.js';
import { KonturAuthority } from './adapters/kontur-authority.js';
import { PublicAddress } from './adapters/public-address.js';
import { Retry } from './adapters/retry.js';
import { SmsGateway } from './adapters/sms-gateway.js';
import { UnepSigner } from './adapters/unep-signer.js';
import { ApplicationCreation } from './flow/application-creation.js';
import { Applications } from './flow/applications.js';
import { AstralIssue } from './flow/astral-issue.js';
import { Background } from './flow/background.js';
import { BulkItems } from './flow/bulk-items.js';
import { BulkSync } from './flow/bulk-sync.js';
import { Capacity } from './flow/capacity.js';
import { Chronicle } from './flow/chronicle.js';
import { CodeSender } from './flow/code-sender.js';
import { CodeSigning } from './flow/code-signing.js';
import { Deadlines } from './flow/deadlines.js';
import { DocumentCopies } from './flow/document-copies.js';
import { DocumentDrafts } from './flow/document-drafts.js';
import { DocumentProgress } from './flow/document-progress.js';
import { DocumentSending } from './flow/document-sending.js';
import { Documents } from './flow/documents.js';
import { Files } from './flow/files.js';
import { Invitations } from './flow/invitations.js';
import { KonturIssue } from './flow/kontur-issue.js';
import { Lnas } from './flow/lnas.js';
import { Logins } from './flow/logins.js';
import { MasterTokens } from './flow/master-tokens.js';
import { Notices } from './flow/notices.js';
import { NqesIssues } from './flow/nqes-issues.js';
import { NqesOutcome } from './flow/nqes-outcome.js';
import { PeopleDirectory } from './flow/people-directory.js';
import { RealWork } from './flow/real-work.js';
import { RemoteIdentification } from './flow/remote-identification.js';
import { StructureDirectory } from './flow/structure-directory.js';
import { ApplicationGroupsController } from './protocol/application-groups.controller.js';
import { ApplicationCodec } from './protocol/application.codec.js';
import { ApplicationsController } from './protocol/applications.controller.js';
import { AuthController } from './protocol/auth.controller.js';
import { BulkController } from './protocol/bulk.controller.js';
import { Authentication } from './protocol/caller.js';
import { DictionariesController } from './protocol/dictionaries.controller.js';
import { DocumentGroupsController } from './protocol/document-groups.controller.js';
import { DocumentCodec } from './protocol/document.codec.js';
import { DocumentsController } from './protocol/documents.controller.js';
import { FilesController } from './protocol/files.controller.js';
import { LnaController } from './protocol/lna.controller.js';
import { NqesController } from './protocol/nqes.controller.js';
import { PeopleController } from './protocol/people.controller.js';
import { PersonCodec } from './protocol/person.codec.js';
import { ReturnController } from './protocol/return.controller.js';
import { SigningController } from './protocol/signing.controller.js';
import { StructureController } from './protocol/structure.controller.js';
import { UsersController } from './protocol/users.controller.js';
import { VersionController } from './protocol/version.controller.js';

/** The wire. */
export const CONTROLLERS: readonly Type[] = [
  ApplicationGroupsController,
  ApplicationsController,
  AuthController,
  BulkController,
  DictionariesController,
  DocumentGroupsController,
  DocumentsController,
  FilesController,
  LnaController,
  NqesController,
  PeopleController,
  ReturnController,
  SigningController,
  StructureController,
  UsersController,
  VersionController,
];

/** Flows, adapters, codecs. */
export const PARTS: readonly Provider[] = [
  ApplicationCodec,
  ApplicationCreation,
  Applications,
  AstralAuthority,
  AstralIssue,
  Authentication,
  Background,
  BulkItems,
  BulkSync,
  Capacity,
  Chronicle,
  CodeSender,
  CodeSigning,
  Deadlines,
  DocumentCodec,
  DocumentCopies,
  DocumentDrafts,
  DocumentProgress,
  Documents,
  DocumentSending,
  EsiaClient,
  EsiaKey,
  Files,
  Invitations,
  KonturAuthority,
  KonturIssue,
  Lnas,
  Logins,
  MasterTokens,
  Notices,
  NqesIssues,
  NqesOutcome,
  Objects,
  PeopleDirectory,
  PersonCodec,
  PublicAddress,
  RealWork,
  RemoteIdentification,
  Retry,
  Seed,
  SmsGateway,
  StateOfWork,
  StructureDirectory,
  TrueParents,
  UnepSigner,
  WorkMetrics,
];
